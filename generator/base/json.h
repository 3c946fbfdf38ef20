#pragma once
// JSON in a fixed order: written straight into a string, read into a small tree.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// Writes valid JSON as long as begin and end calls match. Two spaces of indent, one member a line: a file
// that people may read and that diffs well. Text must be UTF-8; <, > and & are written as \u escapes, so that
// the result may stand inside an HTML script element.
class JsonWriter {
  public:
    enum class Layout { indented, compact };
    explicit JsonWriter(Layout layout = Layout::indented) : layout_(layout) {}

    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view value);
    JsonWriter& number(std::int64_t value);
    JsonWriter& real(double value);  // shortest form that reads back the same
    JsonWriter& boolean(bool value);
    JsonWriter& null();

    // Bytes so far, and room for so many.
    std::size_t size() const { return out_.size(); }
    void reserve(std::size_t bytes) { out_.reserve(bytes); }

    // The document with a final newline.
    std::string finish();

  private:
    void before_value();
    void open(char bracket);
    void close(char bracket);
    void new_line();

    Layout layout_;
    std::string out_;
    std::vector<bool> has_members_;  // one a level
    bool after_key_ = false;
};

struct JsonMember;

// A parsed document. Members keep their order; numbers are kept as they were written when they are integers.
struct JsonValue {
    enum class Type { null, boolean, integer, real, text, array, object };
    Type type = Type::null;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
    std::vector<JsonValue> items;     // of an array
    std::vector<JsonMember> members;  // of an object

    // The member of that name, or nullptr.
    const JsonValue* find(std::string_view name) const;
};

// A struct of ours: std::pair of a type that holds such pairs is more than clang 14 can take.
struct JsonMember {
    std::string name;
    JsonValue value;
};

// Nothing where the text is not JSON.
std::optional<JsonValue> read_json(std::string_view text);

}  // namespace qunying

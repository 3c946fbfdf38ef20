#include "base/json.h"

#include <array>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace qunying {
namespace {

// Whole runs at a time: most texts hold nothing that must be escaped.
void append_json_text(std::string& out, std::string_view value) {
    static constexpr auto special = [] {
        std::array<bool, 256> table{};
        for (std::size_t c = 0; c < 0x20; ++c) table[c] = true;
        for (const char c : {'"', '\\', '<', '>', '&'}) table[static_cast<unsigned char>(c)] = true;
        return table;
    }();
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (!special[static_cast<unsigned char>(c)]) continue;
        out.append(value, written, i - written);
        written = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        }
    }
    out.append(value, written, value.size() - written);
    out += '"';
}

// Builds the tree as the parser goes. nlohmann's own ordered tree looks at every member before it adds one,
// which takes half a minute for a manifest of 100,000 files.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    JsonValue take() { return std::move(root_); }

    bool null() override { return add({}); }
    bool boolean(bool value) override {
        JsonValue leaf = of_type(JsonValue::Type::boolean);
        leaf.boolean = value;
        return add(std::move(leaf));
    }
    bool number_integer(std::int64_t value) override {
        JsonValue leaf = of_type(JsonValue::Type::integer);
        leaf.integer = value;
        return add(std::move(leaf));
    }
    bool number_unsigned(std::uint64_t value) override {
        if (value > std::numeric_limits<std::int64_t>::max())
            return number_float(static_cast<double>(value), "");
        return number_integer(static_cast<std::int64_t>(value));
    }
    bool number_float(double value, const std::string&) override {
        JsonValue leaf = of_type(JsonValue::Type::real);
        leaf.real = value;
        return add(std::move(leaf));
    }
    bool string(std::string& value) override {
        JsonValue leaf = of_type(JsonValue::Type::text);
        leaf.text = std::move(value);
        return add(std::move(leaf));
    }
    bool binary(nlohmann::json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonValue::Type::object); }
    bool key(std::string& name) override {
        key_ = std::move(name);
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(JsonValue::Type::array); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

  private:
    static constexpr std::size_t deepest = 200;

    static JsonValue of_type(JsonValue::Type type) {
        JsonValue value;
        value.type = type;
        return value;
    }

    // A container grows only while none of its items is open, so the pointers in open_ stay valid.
    JsonValue& insert(JsonValue&& value) {
        if (open_.empty()) return root_ = std::move(value);
        JsonValue& parent = *open_.back();
        if (parent.type == JsonValue::Type::array) return parent.items.emplace_back(std::move(value));
        parent.members.push_back({std::move(key_), std::move(value)});
        return parent.members.back().value;
    }
    bool add(JsonValue&& value) {
        insert(std::move(value));
        return true;
    }
    bool open(JsonValue::Type type) {
        if (open_.size() == deepest) return false;
        open_.push_back(&insert(of_type(type)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    JsonValue root_;
    std::vector<JsonValue*> open_;
    std::string key_;
};

}  // namespace

void JsonWriter::new_line() {
    if (layout_ == Layout::compact) return;
    constexpr std::string_view line = "\n                ";
    const std::size_t indent = 2 * has_members_.size();
    if (indent < line.size()) return void(out_ += line.substr(0, 1 + indent));
    out_ += '\n';
    out_.append(indent, ' ');
}

void JsonWriter::before_value() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (has_members_.empty()) return;
    if (has_members_.back()) out_ += ',';
    has_members_.back() = true;
    new_line();
}

void JsonWriter::open(char bracket) {
    before_value();
    out_ += bracket;
    has_members_.push_back(false);
}

void JsonWriter::close(char bracket) {
    const bool had_members = has_members_.back();
    has_members_.pop_back();
    if (had_members) new_line();
    out_ += bracket;
}

JsonWriter& JsonWriter::begin_object() { return open('{'), *this; }
JsonWriter& JsonWriter::end_object() { return close('}'), *this; }
JsonWriter& JsonWriter::begin_array() { return open('['), *this; }
JsonWriter& JsonWriter::end_array() { return close(']'), *this; }

JsonWriter& JsonWriter::key(std::string_view name) {
    before_value();
    append_json_text(out_, name);
    out_ += layout_ == Layout::compact ? ":" : ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    before_value();
    append_json_text(out_, value);
    return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
    before_value();
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
    return *this;
}

JsonWriter& JsonWriter::real(double value) {
    before_value();
    out_ += fmt::format("{}", value);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    before_value();
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null() {
    before_value();
    out_ += "null";
    return *this;
}

std::string JsonWriter::finish() {
    out_ += '\n';
    return std::move(out_);
}

const JsonValue* JsonValue::find(std::string_view name) const {
    for (const auto& [key, value] : members) {
        if (key == name) return &value;
    }
    return nullptr;
}

std::optional<JsonValue> read_json(std::string_view text) {
    TreeBuilder tree;
    if (!nlohmann::json::sax_parse(text, &tree)) return std::nullopt;
    return tree.take();
}

}  // namespace qunying

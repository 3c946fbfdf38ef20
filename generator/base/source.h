#pragma once
// Source texts and places in them. A place is a pair of byte offsets; lines and columns are worked out only
// when a diagnostic is printed.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace qunying {

// Names one file of the site in `Sources`; dense, in order of addition.
enum class SourceId : std::uint32_t {};
inline constexpr SourceId no_source{0xffffffff};

// The bytes [begin, end) of one source. A span of a whole file that has no text is {id, 0, 0}.
struct Span {
    SourceId source = no_source;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const Span&) const = default;
    bool known() const { return source != no_source; }
};

// `inner` is relative to the text that starts at byte `offset` of the source.
Span shifted(Span inner, std::uint32_t offset);

// One file as it was read. `path` is relative to the site, with '/' between its parts. The text of a file
// that nobody needs to read again is not kept: then `text` is empty and `loaded` false.
struct SourceFile {
    SourceId id = no_source;
    std::string path;
    std::string text;
    bool loaded = true;
};

// A place as people count: line and column from 1, the column in code points.
struct LineColumn {
    std::uint32_t line = 1;
    std::uint32_t column = 1;

    bool operator==(const LineColumn&) const = default;
};

// All files that diagnostics may point into. Addresses of the files stay valid while the object lives.
class Sources {
  public:
    SourceId add(std::string path, std::string text);
    SourceId add_unread(std::string path);
    void set_text(SourceId id, std::string text);
    void drop_text(SourceId id);
    const SourceFile& operator[](SourceId id) const { return files_[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return files_.size(); }
    const std::deque<SourceFile>& files() const { return files_; }

  private:
    std::deque<SourceFile> files_;
};

// Counts from 1; a byte-order mark is no column, an offset inside a CRLF belongs to the line it ends.
LineColumn line_column(std::string_view text, std::uint32_t offset);

// The line that holds `offset`, without its line ending and without a leading byte-order mark.
struct Line {
    std::string_view text;
    std::uint32_t begin = 0;  // byte offset of `text` in the source
};
Line line_at(std::string_view text, std::uint32_t offset);

}  // namespace qunying

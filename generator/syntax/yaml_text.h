#pragma once
// A YAML text that may be changed while its places still map back to the author's bytes. Inside syntax/ only.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace qunying {

// A text under repair. All positions are bytes of the mended text unless they are called original.
class MendedText {
  public:
    // `offset` is where `text` starts in its source.
    MendedText(std::string text, SourceId source, std::uint32_t offset)
        : text_(std::move(text)), source_(source), offset_(offset) {}

    std::string_view text() const { return text_; }
    Span span(std::size_t begin, std::size_t end) const;

    void insert(std::size_t at, std::string_view bytes);
    // Writes as many `with` as there are bytes in [begin, end), but keeps line ends.
    void blank(std::size_t begin, std::size_t end, char with = ' ');
    void overwrite(std::size_t at, std::string_view bytes);

    // Remembers that nothing in [begin, end) can be trusted.
    void mark_failed(std::size_t begin, std::size_t end) { failed_.push_back(span(begin, end)); }
    bool is_failed(Span original) const;

  private:
    std::uint32_t original(std::size_t at) const;

    std::string text_;
    SourceId source_;
    std::uint32_t offset_;
    std::vector<std::size_t> inserted_;  // positions of bytes that are not the author's, ascending
    std::vector<Span> failed_;
};

// Past the last byte of the scalar that starts at `begin` and reads as `value`; npos where its quote is not
// closed.
std::size_t scalar_end(std::string_view text, std::size_t begin, std::string_view value);
// Columns of white space at the start of the line that holds `at`.
std::size_t indent_at(std::string_view text, std::size_t at);
std::size_t line_begin(std::string_view text, std::size_t at);
std::size_t line_end(std::string_view text, std::size_t at);  // in front of the line's end

}  // namespace qunying

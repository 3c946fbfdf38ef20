#pragma once
// A story made ready for cmark-gfm, with the way back to the author's bytes. Inside syntax/ only.
//
// Two things CommonMark cannot do are done by single characters of plane 16, which nobody writes:
// - `**“你好”**世界` is not bold, because a mark between punctuation and a letter counts as outside a word.
// One
//   `emphasis_sentinel`, a letter to cmark, goes between the mark and the punctuation.
// - `[[team:x|样例队]]` would be cut by a table cell's `|`, bent by `_` and caught by a link definition of
// that name.
//   So each becomes one character, `first_token` + its number.
//   So does `[䶮|yǎn]`, a reading above its characters.
// The emitter drops the former and resolves the latter wherever they come up; in code, addresses and titles
// they turn back into what was written.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace qunying {

inline constexpr char32_t emphasis_sentinel = 0x10FFFD;
inline constexpr char32_t first_token = 0x100000;
inline constexpr char32_t last_token = 0x10F000;
inline bool is_reserved(char32_t character) { return character >= first_token; }

struct ReferenceToken {
    std::string written;  // [[…]], or [䶮|yǎn]
    Span span;
};

class PreparedText {
  public:
    // Reports a character of plane 16 in the text (markdown-reserved-character).
    PreparedText(std::string_view body, SourceId source, std::uint32_t offset, Diagnostics& diagnostics);

    std::string_view text() const { return text_; }
    // Of bytes of text(); the end of a span lies behind everything inserted in front of it.
    Span span(std::size_t begin, std::size_t end) const;
    const std::vector<ReferenceToken>& tokens() const { return tokens_; }
    // What the author wrote: no sentinel, each token as its [[…]].
    std::string restored(std::string_view text) const;

  private:
    struct Edit {
        std::size_t prepared;  // from here on…
        std::size_t original;  // …bytes correspond to those from here
    };

    void copy(std::string_view body, std::size_t begin, std::size_t end);
    bool take_reference(std::string_view body, std::size_t& at);
    bool take_ruby(std::string_view body, std::size_t& at, Diagnostics& diagnostics);
    bool take_token(std::string_view body, std::size_t& at, std::size_t end);
    bool take_marks(std::string_view body, std::size_t& at);
    void take_entity(std::string_view body, std::size_t& at, Diagnostics& diagnostics);
    void insert_sentinel(std::size_t original);
    void report_reserved(std::size_t begin, std::size_t end, char32_t character, Diagnostics& diagnostics);
    std::uint32_t original(std::size_t prepared) const;

    std::string text_;
    SourceId source_;
    std::uint32_t offset_;
    bool valid_;  // all of it is UTF-8
    std::vector<Edit> edits_;
    std::vector<ReferenceToken> tokens_;
    bool reserved_reported_ = false;
};

}  // namespace qunying

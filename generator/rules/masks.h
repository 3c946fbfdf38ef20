#pragma once
// Masks that a draft still holds: * *** XX ×× 某, where a name or a number was hidden (rule 11).
#include <cstddef>
#include <string_view>
#include <vector>

namespace qunying {

struct Found {
    std::size_t at = std::string_view::npos;
    std::size_t length = 0;  // bytes

    bool any() const { return at != std::string_view::npos; }
};

// The first mask at or behind `from` in plain text.
Found next_mask(std::string_view text, std::size_t from);

// The masks of a story in Markdown, one after the other. A star may be a mask or stress words, and Markdown
// takes any two masks of a paragraph for stress. Nobody stresses by one star what holds a comma or is as long
// as a clause, nor hanzi by three; a story where that happens is a masked one, and all its stars are masks
// but those about a few words in bold. In any other story the stars that Markdown left alone are.
class StoryMasks {
  public:
    // `stars_left` as in Story.
    StoryMasks(std::string_view body, bool stars_left);
    // The first at or behind `from`.
    Found next(std::size_t from) const;

  private:
    void judge(Found open, std::size_t close);
    bool counts(Found found) const;

    std::string_view body_;
    bool masked_ = false, stars_left_;
    std::vector<std::size_t>
        bold_;  // where the stars about a few words in bold begin, in order of their ends
};

}  // namespace qunying

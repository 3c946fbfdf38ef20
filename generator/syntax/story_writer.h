#pragma once
// Collects a story: HTML cut at references and pictures, and the plain text beside it. Inside syntax/ only.
#include <cstddef>
#include <string>
#include <string_view>

#include "base/typography.h"
#include "syntax/markdown.h"

namespace qunying {

class StoryWriter {
  public:
    // Beyond `budget` bytes of HTML nothing more is taken and over_budget() says so.
    explicit StoryWriter(std::size_t budget) : budget_(budget) {}

    // Markup of ours.
    void markup(std::string_view html);
    // Words of the author: escaped, and added to the plain text.
    void words(std::string_view text);
    // The same, set as base/typography.h has it.
    void typeset_words(std::string_view text, TextPlace place);
    // Words that show but are no part of the plain text: labels, numbers.
    void label(std::string_view text);
    void attribute(std::string_view name, std::string_view value);
    void reference(StoryReference reference);
    void picture(StoryPicture picture);

    // Ends a line of the plain text; never makes an empty one.
    void end_line();
    void space();

    // Between these the plain text is also gathered for a heading.
    void begin_heading() { heading_begin_ = plain_.size(); }
    std::string heading_text() const;

    bool over_budget() const { return over_; }
    // The last character of the words of the current line, block_edge at its beginning, 0 where something
    // else than words came last.
    char32_t last_character() const { return last_; }
    // Whether the words of the current line are so long by now.
    bool line_has(std::size_t bytes) const {
        return plain_.size() >= bytes && plain_.find('\n', plain_.size() - bytes) == std::string::npos;
    }
    MarkdownStory finish(std::vector<StoryHeading> headings);

  private:
    bool take(std::size_t bytes);
    void note(std::string_view text);

    std::vector<StoryPiece> pieces_;
    std::string html_, plain_;
    std::size_t budget_, used_ = 0, heading_begin_ = 0;
    char32_t last_ = block_edge;
    bool over_ = false;
};

// The whole text as paragraphs without any markup, for stories that are refused.
MarkdownStory plain_story(std::string_view text);

}  // namespace qunying

#include "syntax/story_writer.h"

#include <utility>

#include "base/text.h"

namespace qunying {

bool StoryWriter::take(std::size_t bytes) {
    used_ += bytes;
    over_ = over_ || used_ > budget_;
    return !over_;
}

void StoryWriter::markup(std::string_view html) {
    if (take(html.size())) html_ += html;
}

void StoryWriter::words(std::string_view text) {
    label(text);
    note(text);
}

void StoryWriter::typeset_words(std::string_view text, TextPlace place) {
    const std::size_t before = html_.size();
    if (over_ || used_ + text.size() > budget_) {
        take(text.size());
        return;
    }
    append_typeset(html_, text, place);
    take(html_.size() - before);
    note(text);
}

void StoryWriter::note(std::string_view text) {
    if (text.empty() || over_) return;
    plain_ += text;
    std::size_t begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    last_ = decode_first(text.substr(begin)).value;
}

void StoryWriter::label(std::string_view text) {
    const std::size_t before = html_.size();
    if (over_ || used_ + text.size() > budget_) {
        take(text.size());
        return;
    }
    append_escaped_html(html_, text);
    take(html_.size() - before);
}

void StoryWriter::attribute(std::string_view name, std::string_view value) {
    markup(" ");
    markup(name);
    markup("=\"");
    label(value);
    markup("\"");
}

void StoryWriter::reference(StoryReference reference) {
    if (!take(reference.target.size() + reference.text.size())) return;
    const std::string& shown = reference.text.empty() ? reference.target : reference.text;
    plain_ += shown;
    last_ = shown.empty() ? 0 : U'字';  // a name: no gap beside it
    if (!html_.empty()) pieces_.emplace_back(StoryHtml{std::exchange(html_, {})});
    pieces_.emplace_back(std::move(reference));
}

void StoryWriter::picture(StoryPicture picture) {
    if (!take(picture.file.size() + picture.alt.size() + picture.caption.size())) return;
    last_ = 0;
    if (!html_.empty()) pieces_.emplace_back(StoryHtml{std::exchange(html_, {})});
    pieces_.emplace_back(std::move(picture));
}

void StoryWriter::end_line() {
    while (!plain_.empty() && (plain_.back() == ' ' || plain_.back() == '\t')) plain_.pop_back();
    if (!plain_.empty() && plain_.back() != '\n') plain_ += '\n';
    last_ = block_edge;
}

void StoryWriter::space() {
    if (!plain_.empty() && plain_.back() != '\n' && plain_.back() != ' ') plain_ += ' ';
    last_ = 0;
}

std::string StoryWriter::heading_text() const {
    return std::string(trim(std::string_view(plain_).substr(std::min(heading_begin_, plain_.size()))));
}

MarkdownStory StoryWriter::finish(std::vector<StoryHeading> headings) {
    end_line();
    if (!html_.empty()) pieces_.emplace_back(StoryHtml{std::move(html_)});
    return {std::move(pieces_), std::move(headings), std::move(plain_), {}};
}

MarkdownStory plain_story(std::string_view text) {
    MarkdownStory story;
    std::string html;
    bool open = false;
    for (std::string_view line : split(text, '\n')) {
        line = trim(line);
        if (line.empty()) {
            if (std::exchange(open, false)) html += "</p>\n";
            continue;
        }
        html += open ? "<br>\n" : "<p>";
        open = true;
        append_escaped_html(html, line);
        story.plain_text += line;
        story.plain_text += '\n';
    }
    if (open) html += "</p>\n";
    if (!html.empty()) story.pieces.emplace_back(StoryHtml{std::move(html)});
    return story;
}

}  // namespace qunying

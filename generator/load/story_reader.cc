#include "load/story_reader.h"

#include <cstring>

#include "syntax/markdown.h"

namespace qunying {
namespace {

StoryLink read_link(const StoryReference& reference, const ReadContext& context) {
    const std::string wanted =
        reference.kind.empty() ? reference.target : reference.kind + ":" + reference.target;
    const RecordId target = context.names.resolve(wanted, {}, reference.span, context.diagnostics);
    std::string text = reference.text;
    if (target == no_record && text.empty()) text = reference.target;
    return {target, std::move(text), reference.span};
}

StoryFigure read_figure(const StoryPicture& picture, const ReadContext& context) {
    const auto file = read_file_name(picture.file, picture.span, context);
    return {file.value_or(FileValue{}), picture.alt, picture.caption, picture.block, picture.span};
}

StoryText read_html(std::string html, bool put_by) {
    if (!put_by) {
        const Digest digest = digest_of(html);
        return {std::move(html), digest};
    }
    StoryText text;
    std::memcpy(text.digest.bytes.data(), html.data(), text.digest.bytes.size());
    return text;
}

}  // namespace

Story read_story(ParsedRecord& record, const Document& document, const ReadContext& context) {
    MarkdownStory parsed = std::move(record.story);
    Story story;
    story.span = {record.source, document.body_begin, document.body_end};
    story.opening = std::move(parsed.plain_text);
    story.uncommon = std::move(parsed.uncommon);
    story.stars_left = record.stars_left;
    story.put_by = record.put_by;
    story.parts.reserve(parsed.pieces.size());
    story.headings.reserve(parsed.headings.size());
    for (StoryPiece& piece : parsed.pieces) {
        if (auto* html = std::get_if<StoryHtml>(&piece))
            story.parts.emplace_back(read_html(std::move(html->html), record.put_by));
        if (const auto* link = std::get_if<StoryReference>(&piece))
            story.parts.emplace_back(read_link(*link, context));
        if (const auto* picture = std::get_if<StoryPicture>(&piece))
            story.parts.emplace_back(read_figure(*picture, context));
    }
    for (auto& heading : parsed.headings)
        story.headings.push_back({heading.level, std::move(heading.text), std::move(heading.id)});
    return story;
}

}  // namespace qunying

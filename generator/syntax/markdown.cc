#include "syntax/markdown.h"

#include <algorithm>
#include <optional>

#include "base/characters.h"
#include "syntax/markdown_caps.h"
#include "syntax/markdown_emitter.h"
#include "syntax/markdown_text.h"
#include "syntax/markdown_tree.h"
#include "syntax/story_writer.h"

namespace qunying {
namespace {

Span first_place(const SourceFile& source, std::uint32_t begin, std::uint32_t end) {
    return {source.id, begin, std::min(end, begin + 1)};
}

MarkdownStory read_markdown(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                            Diagnostics& diagnostics, const MarkdownLimits& limits) {
    const std::string_view body = std::string_view(source.text).substr(begin, end - begin);
    if (body.size() > limits.bytes) {
        diagnostics.report(DiagnosticKind::markdown_too_long, first_place(source, begin, end),
                           {std::to_string(limits.bytes / 1024)});
        return plain_story(body);
    }
    const PreparedText text(body, source.id, begin, diagnostics);
    if (const auto cap = exceeded_cap(text.text(), limits)) {
        diagnostics.report(cap->kind, text.span(cap->begin, cap->end), cap->words);
        return plain_story(text.restored(text.text()));
    }
    const MarkdownTree tree = parse_tree(text.text());
    const std::size_t budget = std::size_t{limits.output_factor} * body.size() + limits.output_base;
    Diagnostics found;
    Emitter emitter(text, limits, budget, found);
    std::optional<MarkdownStory> story = emitter.emit(tree);
    diagnostics.merge(std::move(found));
    return story ? std::move(*story) : plain_story(text.restored(text.text()));
}

}  // namespace

MarkdownStory parse_markdown(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                             Diagnostics& diagnostics, const MarkdownLimits& limits) {
    MarkdownStory story = read_markdown(source, begin, end, diagnostics, limits);
    std::string uncommon;
    for (const StoryPiece& piece : story.pieces) {
        if (const auto* run = std::get_if<StoryHtml>(&piece)) uncommon += uncommon_characters(run->html);
    }
    story.uncommon = uncommon_characters(uncommon);
    return story;
}

}  // namespace qunying

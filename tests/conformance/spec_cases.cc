#include "spec_cases.h"

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "syntax/markdown.h"

namespace qunying {
namespace {

const std::string fence(32, '`');

void without(std::string& text, std::string_view begin, char end) {
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
        text.erase(at, text.find(end, at + begin.size()) - at + 1);
    }
}

std::string image(const StoryPicture& picture) {
    std::string out =
        "<img src=\"" + escape_html(escape_url(picture.file)) + "\" alt=\"" + escape_html(picture.alt) + "\"";
    if (!picture.caption.empty()) out += " title=\"" + escape_html(picture.caption) + "\"";
    return out + ">";
}

}  // namespace

std::vector<SpecCase> read_spec_cases(std::string_view text) {
    std::vector<SpecCase> cases;
    std::string section;
    enum { outside, markdown, html } state = outside;
    for (const std::string_view line : split(text, '\n')) {
        if (state == outside && line == "<!-- END TESTS -->") break;
        if (state == outside && line.starts_with("#"))
            section = trim(line.substr(line.find_first_not_of('#')));
        if (state == outside && line == fence + " example") {
            cases.push_back({static_cast<int>(cases.size()) + 1, section, {}, {}});
            state = markdown;
        } else if (state == markdown && line == ".") {
            state = html;
        } else if (state != outside && line == fence) {
            state = outside;
        } else if (state != outside) {
            (state == markdown ? cases.back().markdown : cases.back().html) +=
                replace_all(line, "→", "\t") + "\n";
        }
    }
    return cases;
}

std::map<int, std::string> read_differences(std::string_view text) {
    std::map<int, std::string> differences;
    for (const std::string_view line : split(text, '\n')) {
        if (trim(line).empty() || line.starts_with("#")) continue;
        std::istringstream words{std::string(line)};
        int first = 0;
        words >> first;
        int last = first;
        if (words.peek() == '-') words.get(), words >> last;
        std::string reason;
        std::getline(words >> std::ws, reason);
        for (int number = first; number <= last; ++number) differences[number] = reason;
    }
    return differences;
}

std::string our_html(const std::string& markdown) {
    Sources sources;
    Diagnostics found;
    const SourceId id = sources.add("case.md", markdown);
    const MarkdownStory story =
        parse_markdown(sources[id], 0, static_cast<std::uint32_t>(markdown.size()), found);
    std::string out;
    bool in_pictures = false;
    for (const StoryPiece& piece : story.pieces) {
        const auto* picture = std::get_if<StoryPicture>(&piece);
        const bool block = picture && picture->block;
        if (in_pictures && !block) out += "</p>\n";
        if (block) out += in_pictures ? "\n" : "<p>";
        in_pictures = block;
        if (picture) out += image(*picture);
        if (const auto* html = std::get_if<StoryHtml>(&piece)) out += html->html;
        if (const auto* reference = std::get_if<StoryReference>(&piece)) {
            const Span span = reference->span;
            out += "⟦" + markdown.substr(span.begin + 2, span.end - span.begin - 4) + "⟧";
        }
    }
    out = in_pictures ? out + "</p>\n" : out;
    // How text is set is a matter of its own (tests/unit/base/typography_test.cc).
    without(out, "<span class=", '>');
    return replace_all(out, "</span>", "");
}

std::string with_our_headings(std::string html) {
    for (char level = '5'; level >= '1'; --level) {
        for (const char* tag : {"<h", "</h"}) {
            html = replace_all(html, tag + std::string(1, level) + ">",
                               tag + std::string(1, static_cast<char>(level + 1)) + ">");
        }
    }
    return html;
}

std::string comparable(std::string html) {
    without(html, " id=\"s-", '"');
    for (const auto& [from, to] : {std::pair{" />", ">"}, {"&quot;", "\""}, {"&#34;", "\""}, {"&#39;", "'"}})
        html = replace_all(html, from, to);
    // Where blocks meet inside list items and quotes, line ends differ and mean nothing.
    for (const char* tag : {"<li>", "</li>", "<ul>", "</ul>", "<ol>", "</ol>", "<p>", "</p>", "<blockquote>",
                            "</blockquote>", "<pre>", "</pre>", "<hr>", "<table>", "</table>"}) {
        html = replace_all(html, std::string("\n") + tag, tag);
        html = replace_all(html, std::string(tag) + "\n", tag);
    }
    return std::string(trim(html));
}

}  // namespace qunying

#include "pages/search_fields.h"

#include <algorithm>
#include <array>
#include <set>
#include <variant>

#include "base/text.h"
#include "pages/honours.h"
#include "pages/pictured.h"
#include "pages/scope.h"

namespace qunying {
namespace {

// The author's marks; what stands in the name or in the honours; addresses and measures that nobody looks
// for.
bool is_left_out(std::string_view key) {
    constexpr std::array<std::string_view, 32> keys = {
        "id",         "name",          "title",        "status",     "visibility", "source",  "order",
        "aliases",    "featured",      "noindex",      "download",   "pinyin",     "surname", "honors",
        "publish_on", "publish_until", "conferrals",   "stroke_key", "sex",        "life",    "url",
        "phone",      "duration",      "external_url", "focus",      "head",       "turn",    "no",
        "time",       "photographer",  "list_order",   "year"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Everything that a record's fields say in words.
class FieldWords {
  public:
    FieldWords(const PageContext& context, RecordId id) : site_(context.site) {
        const Kind& kind = site_.kind_of(id);
        add(kind.fields, site_[id].fields, false);
    }

    std::vector<SearchTitle> titles;
    std::vector<std::string> lines;

  private:
    void add(const std::vector<FieldSpec>& specs, const FieldTable& fields, bool inside) {
        fields.each([&](std::size_t i, const FieldValue& value) {
            const FieldSpec& spec = specs[i];
            if (spec.visibility == FieldVisibility::secret || is_left_out(spec.key)) return;
            add(spec, value, inside);
        });
    }

    void add(const FieldSpec& spec, const FieldValue& value, bool inside) {
        for (const FieldValue& item : items_in(value)) add(spec, item, inside);
        if (const auto* text = std::get_if<std::string>(&value.content)) return add_text(spec, *text, inside);
        if (const auto* id = std::get_if<RecordId>(&value.content)) return add_record(*id, inside);
        if (const auto* choice = std::get_if<ChoiceValue>(&value.content))
            return add_title(spec.choices[choice->index].label, !inside);
        const GroupValue* group = group_in(value);
        const bool hidden = group && !picture_part(spec).empty() && !may_show(site_, spec, *group);
        if (group && !hidden) add(spec.fields, group->fields, true);
    }

    void add_text(const FieldSpec& spec, const std::string& text, bool inside) {
        if (spec.type == FieldType::prose || inside) {
            for (const std::string_view line : split(text, '\n'))
                if (!trim(line).empty()) lines.emplace_back(trim(line));
        } else {
            add_title(text, true);
        }
    }

    // Whom a picture or an exhibit shows is found by the name.
    void add_record(RecordId id, bool inside) {
        if (is_shown(site_, id) && !(inside && site_.kind_of(id).key == "person"))
            add_title(site_[id].title, false);
    }

    void add_title(std::string_view text, bool own) {
        const std::string line = replace_all(trim(text), "\n", " ");
        if (!line.empty()) titles.push_back({own, line});
    }

    const Site& site_;
};

// 全国先进工作者 2012年 个人: the award, the batch's own title where it is another, and what tells it apart.
void add_honours(const PageContext& context, RecordId id, std::vector<SearchTitle>& titles) {
    const Site& site = context.site;
    for (const std::size_t index : shown_honours(site, context.relations, id)) {
        const Conferral& conferral = site.conferrals[index];
        if (!conferral.grade.empty()) titles.push_back({false, conferral.grade});
        if (conferral.batch == no_record) {
            titles.push_back({false, conferral.claim});
            continue;
        }
        titles.push_back({false, site[conferral.batch].title});
        const RecordId award = reference_of(site, conferral.batch, "award");
        if (is_shown(site, award)) titles.push_back({false, site[award].title});
    }
}

void add_exhibitions(const PageContext& context, RecordId id, std::vector<SearchTitle>& titles) {
    for (const BackLink& link : context.relations.to_record[static_cast<std::size_t>(id)]) {
        const bool shows = link.field == "sections" && context.site.kind_of(link.from).key == "exhibition";
        if (shows && is_shown(context.site, link.from))
            titles.push_back({false, context.site[link.from].title});
    }
}

bool ends_line(std::string_view tag) {
    constexpr std::array<std::string_view, 16> blocks = {"p",  "/p",  "li",  "/li",       "tr", "br",
                                                         "h2", "/h2", "h3",  "/h3",       "h4", "/h4",
                                                         "h5", "/h5", "pre", "blockquote"};
    const std::string_view name = tag.substr(0, tag.find_first_of(" \n/>", 1));
    return std::find(blocks.begin(), blocks.end(), name) != blocks.end() ||
           name.substr(0, 10) == "figcaption" || name.substr(0, 11) == "/figcaption";
}

void append_entity(std::string& out, std::string_view entity) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known = {
        {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}}};
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.first == entity; });
    out += found == known.end() ? entity : found->second;
}

std::string story_html(const PageContext& context, const Story& story) {
    std::vector<std::string> runs;
    if (story.put_by) runs = context.stories->html_runs(story.span);
    std::size_t run = 0;
    std::string html;
    for (const StoryPart& part : story.parts) {
        if (const auto* text = std::get_if<StoryText>(&part)) {
            html += runs.empty() ? text->html : runs[run++];
        } else if (const auto* link = std::get_if<StoryLink>(&part)) {
            const bool shown = is_shown(context.site, link->target);
            html += escape_html(link->text.empty() && shown ? context.site[link->target].title : link->text);
        } else {
            const auto& figure = std::get<StoryFigure>(part);
            html += "<p>" + escape_html(figure.caption.empty() ? figure.alt : figure.caption) + "</p>";
        }
    }
    return html;
}

}  // namespace

std::string lines_of_html(std::string_view html) {
    std::string text;
    text.reserve(html.size());
    while (!html.empty()) {
        const std::size_t plain = std::min(html.find_first_of("<&\n"), html.size());
        text += html.substr(0, plain);
        html.remove_prefix(plain);
        if (html.empty()) break;
        const char mark = html.front();
        const std::size_t end = mark == '\n' ? 0 : html.find(mark == '<' ? '>' : ';');
        const std::size_t size = end == std::string_view::npos ? html.size() : end + 1;
        const std::string_view whole = html.substr(0, size);
        if (mark == '&') append_entity(text, whole);
        if (mark == '<' && ends_line(whole.substr(1))) text += '\n';
        if (mark == '<' && whole.substr(0, 4) == "</td") text += ' ';
        if (mark == '<' && whole.substr(0, 4) == "</th") text += ' ';
        // A line end of the html is none of the text: hanzi stand together across it.
        html.remove_prefix(size);
    }
    return text;
}

std::vector<SearchTitle> search_titles(const PageContext& context, RecordId id) {
    std::vector<SearchTitle> titles = FieldWords(context, id).titles;
    add_honours(context, id, titles);
    add_exhibitions(context, id, titles);
    std::vector<SearchTitle> once;
    std::set<std::string_view> seen;
    for (const SearchTitle& title : titles) {
        if (seen.insert(title.text).second) once.push_back(title);
    }
    return once;
}

std::vector<std::string> search_text(const PageContext& context, RecordId id) {
    std::vector<std::string> lines = FieldWords(context, id).lines;
    const Story& story = context.site[id].story;
    if (story.empty()) return lines;
    const std::string text = lines_of_html(story_html(context, story));
    for (const std::string_view line : split(text, '\n'))
        if (!trim(line).empty()) lines.emplace_back(trim(line));
    return lines;
}

}  // namespace qunying

#include "pages/story_view.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/typography.h"
#include "pages/card_view.h"
#include "pages/image_plan.h"
#include "pages/picture_view.h"

namespace qunying {
namespace {

constexpr std::size_t description_length = 80;  // code points

class StoryWriter {
  public:
    StoryWriter(const Scope& scope, const Story& story) : scope_(scope), detail_(scope.context.story_detail) {
        if (story.put_by && detail_ == StoryDetail::whole)
            runs_ = scope.context.stories->html_runs(story.span);
        const std::vector<std::size_t> recipes = recipes_for(scope.context.theme, "story");
        if (!recipes.empty()) recipe_ = recipes.front();
        for (const std::size_t recipe : recipes)
            if (scope.context.theme.recipes[recipe].recipe.name == "lightbox") large_ = recipe;
    }

    void operator()(const StoryText& text) {
        const Digest digest = text.digest == Digest{} ? digest_of(text.html) : text.digest;
        description_.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
        if (detail_ == StoryDetail::told_apart) return;
        html_ += runs_.empty() ? text.html : runs_[next_run_++];
    }

    void operator()(const StoryLink& link) {
        const bool shown = is_shown(scope_.site(), link.target);
        const std::string& title = shown ? scope_.site()[link.target].title : link.text;
        const std::string& words = link.text.empty() ? title : link.text;
        const std::string text =
            shown && words == title && is_person(link.target) ? unbroken(words) : escape_html(words);
        const std::string page = shown ? scope_.context.routes.page(link.target) : std::string();
        write(page.empty() ? text
                           : fmt::format(R"(<a href="{}">{}</a>)", escape_html(scope_.url(page)), text));
    }

    void operator()(const StoryFigure& figure) {
        const ImageEntry* entry = scope_.context.images.find(figure.file.path, {});
        const bool usable = entry && !entry->broken && recipe_;
        const Value rendition = usable ? rendition_value(scope_, *entry, *recipe_) : Value();
        if (rendition.is_none()) return write_missing(figure);
        const Value large = large_ ? rendition_value(scope_, *entry, *large_) : Value();
        const std::string picture = picture_html(figure, rendition, large, tone_class(entry->average_rgb));
        if (!figure.block) return write(picture);
        write("<figure class=\"picture\">" + picture);
        if (!figure.caption.empty()) write("<figcaption>" + escape_html(figure.caption) + "</figcaption>");
        write("</figure>\n");
    }

    bool is_person(RecordId id) const { return scope_.site().kind_of(id).key == "person"; }

    static std::string unbroken(std::string_view name) {
        std::string html;
        append_unbroken_name(html, name);
        return html;
    }

    Value take() const { return Value::described_html(description_, html_); }

  private:
    void write_missing(const StoryFigure& figure) {
        const std::string& words = figure.caption.empty() ? figure.alt : figure.caption;
        const std::string text =
            words.empty() ? std::string("（图片暂缺）") : "（图片暂缺：" + escape_html(words) + "）";
        write(figure.block ? "<p class=\"picture-missing\">" + text + "</p>\n"
                           : "<span class=\"picture-missing\">" + text + "</span>");
    }

    static std::string text_at(const Value& map, std::string_view key) {
        return escape_html(map.find(key)->as_text());
    }

    static std::string picture_html(const StoryFigure& figure, const Value& r, const Value& large,
                                    const std::string& tone) {
        std::string html = "<picture>";
        for (const Value& source : r.find("sources")->items())
            html += fmt::format(R"(<source type="{}" srcset="{}" sizes="{}">)", text_at(source, "type"),
                                text_at(source, "srcset"), text_at(source, "sizes"));
        html += fmt::format(
            R"(<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}")", tone,
            text_at(r, "src"), text_at(r, "srcset"), text_at(r, "sizes"), r.find("width")->as_integer(),
            r.find("height")->as_integer(), escape_html(figure.alt));
        if (!large.is_none())
            html += fmt::format(R"( data-large="{}" data-large-width="{}" data-large-height="{}")",
                                text_at(large, "src"), large.find("width")->as_integer(),
                                large.find("height")->as_integer());
        return html + R"( loading="lazy" decoding="async"></picture>)";
    }

    void write(const std::string& html) {
        html_ += html;
        description_ += html;
    }

    const Scope& scope_;
    StoryDetail detail_;
    std::optional<std::size_t> recipe_, large_;
    std::vector<std::string> runs_;  // of a story that is put by
    std::size_t next_run_ = 0;
    std::string html_, description_;
};

}  // namespace

namespace {

Value story_html(const Scope& scope, const Story& story) {
    if (story.parts.empty()) return Value::lasting_html({});
    StoryWriter writer(scope, story);
    for (const StoryPart& part : story.parts) std::visit([&](const auto& each) { writer(each); }, part);
    return writer.take();
}

}  // namespace

Value story_value(const Scope& scope, const Story& story) {
    std::vector<Value> headings;
    for (const auto& heading : story.headings) {
        Value::Map map;
        map.set("level", heading.level).set("text", Value::lasting(heading.text));
        map.set("id", Value::lasting(heading.id));
        headings.push_back(std::move(map).build());
    }
    Value::Map map;
    map.set("html", story_html(scope, story)).set("headings", std::move(headings));
    map.set("present", !story.empty());
    return std::move(map).build();
}

std::string description_of(const Site& site, RecordId id) {
    const std::string_view summary = trim(text_of(site, id, "summary"));
    if (!summary.empty()) return replace_all(summary, "\n", " ");
    const std::string plain = replace_all(trim(site[id].story.opening), "\n", " ");
    const std::string_view start = first_code_points(plain, description_length);
    return std::string(start) + (start.size() < plain.size() ? "……" : "");
}

}  // namespace qunying

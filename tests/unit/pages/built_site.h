#pragma once
// A site with everything that pages need, and words to look into views.
#include <algorithm>
#include <doctest/doctest.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "pages/media_plan.h"
#include "pages/page_plan.h"
#include "pages/plain_files.h"
#include "unit/pages/site_builder.h"

namespace qunying::test {

inline ThemeConfig small_theme(const std::vector<std::string>& without = {}) {
    ThemeConfig theme;
    theme.without = without;
    theme.name = "hall";
    Recipe card;
    card.name = "card";
    card.widths = {160, 320};
    card.formats = {PictureFormat::jpeg, PictureFormat::webp};
    Recipe square = card;
    square.name = "square";
    square.widths = {320};
    Recipe wide = card;
    wide.name = "wide";
    wide.widths = {640, 960};
    theme.recipes = {
        {card, "210px", {"person.portrait", "team.photo", "video.poster"}},
        {square, "320px", {"person.portrait"}},
        {wide, "94vw", {"story", "album.photos", "exhibition.sections.exhibits", "person.gallery"}}};
    theme.settings = {{"wall", "6"}, {"tone", "warm"}};
    return theme;
}

// Stands in for the workers: every request yields files of the recipe's widths.
inline ImageTable made_pictures(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                                const std::vector<std::string>& broken = {}) {
    ImageTable table;
    for (const ImageRequest& request : requests) {
        ImageEntry entry;
        entry.broken = std::find(broken.begin(), broken.end(), request.file) != broken.end();
        entry.renditions.resize(theme.recipes.size());
        entry.average_rgb = 0x804020;
        for (const std::size_t index : request.recipes) {
            if (entry.broken) continue;
            const Recipe& recipe = theme.recipes[index].recipe;
            for (const int width : recipe.widths) {
                for (const PictureFormat format : formats_of(recipe))
                    entry.renditions[index].push_back({format, width, width * 4 / 3,
                                                       "media/" + media_name(request.file) + "-0a1b2c3d-" +
                                                           std::to_string(width) + "." +
                                                           std::string(extension_of(format))});
            }
        }
        table.add(request.file, request.treatment, std::move(entry));
    }
    return table;
}

struct OutputText {
    std::string path;
    std::string bytes;
};

// Every file that is planned, made.
inline std::vector<OutputText> plain_files(const PageContext& context, const std::vector<PageJob>& pages) {
    std::vector<OutputText> files;
    for (const PlainFile& file : plan_plain_files(context, pages, {}))
        files.push_back({file.path, file.make()});
    return files;
}

// Everything up to the plan of pages.
struct BuiltSite {
    Site site;
    ThemeConfig theme;
    Diagnostics diagnostics;
    Relations relations;
    Routes routes;
    SiteIndex index;
    ImageTable images;
    PosterTable posters;
    PageContext context;
    std::vector<PageJob> jobs;

    explicit BuiltSite(Site from, const std::vector<std::string>& broken = {},
                       const std::vector<std::string>& without = {})
        : site(std::move(from)),
          theme(small_theme(without)),
          relations(relate(site)),
          routes(route(site, relations, diagnostics, theme)),
          index(index_site(site, relations, 1, theme)),
          images(made_pictures(plan_images(site, theme, diagnostics), theme, broken)),
          context{site, relations, routes, index, images, theme} {
        context.assets = {{"hall.css", "static/hall-1a2b3c4d.css"}};
        for (const MediaRequest& request : plan_media(site))
            context.media[request.file] = published_media_path(request.file, "0123456789abcdef");
        context.as_of = {2026, 1, 1};
        jobs = plan_pages(context);
    }
    BuiltSite(const BuiltSite&) = delete;

    const PageJob* job(std::string_view path) const {
        const auto found =
            std::find_if(jobs.begin(), jobs.end(), [&](const PageJob& j) { return j.path == path; });
        return found == jobs.end() ? nullptr : &*found;
    }
    Value view(std::string_view path) const {
        const PageJob* found = job(path);
        INFO("page ", std::string(path));
        REQUIRE(found != nullptr);
        return view_of(context, *found);
    }
    std::string file(std::string_view path) const {
        for (const OutputText& each : plain_files(context, jobs)) {
            if (each.path == path) return each.bytes;
        }
        FAIL("no file ", std::string(path));
        return {};
    }
};

// A view points into its site: this one lives as long as the tests.
inline const BuiltSite& kept_site(Site from) {
    static std::vector<std::unique_ptr<const BuiltSite>> all;
    return *all.emplace_back(std::make_unique<const BuiltSite>(std::move(from)));
}

// record.honors.0.title; an undefined value where there is no such thing.
inline Value at(const Value& from, std::string_view path) {
    Value value = from;
    while (!path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        const std::string key(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
        if (value.is_list()) {
            const std::size_t index = static_cast<std::size_t>(std::stoul(key));
            value = index < value.size() ? Value(value.items()[index]) : Value::undefined(key);
        } else {
            const Value* found = value.find(key);
            value = found ? Value(*found) : Value::undefined(key);
        }
    }
    return value;
}

inline std::string text_at(const Value& from, std::string_view path) {
    return std::string(at(from, path).as_text());
}

// The values of `key` of every item of the list at `path`.
inline std::vector<std::string> column(const Value& from, std::string_view path, std::string_view key) {
    std::vector<std::string> all;
    const Value list = at(from, path);
    for (const Value& item : list.items()) all.push_back(text_at(item, key));
    return all;
}

// Every text of a view, keys left out, one a line.
inline void collect_text(const Value& value, std::string& out) {
    if (value.is_string()) out += std::string(value.as_text()) + "\n";
    for (const Value& item : value.items()) collect_text(item, out);
    for (const Value::Entry& entry : value.entries()) {
        out += std::string(entry.key.text()) + "\n";
        collect_text(entry.value, out);
    }
}
inline std::string all_text(const Value& value) {
    std::string out;
    collect_text(value, out);
    return out;
}

}  // namespace qunying::test

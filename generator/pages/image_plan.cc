#include "pages/image_plan.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "pages/exhibits.h"
#include "pages/kiosk_view.h"
#include "pages/pictured.h"

namespace qunying {
namespace {

struct Wanted {
    std::vector<std::size_t> recipes;
    Span where;
    bool download = false;
};

void add_recipes(std::vector<std::size_t>& all, const std::vector<std::size_t>& more) {
    for (const std::size_t index : more) {
        const auto at = std::lower_bound(all.begin(), all.end(), index);
        if (at == all.end() || *at != index) all.insert(at, index);
    }
}

// The fields were checked when they were read.
double real_in(const FieldValue& value, double otherwise) {
    const std::string_view text = text_in(value);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? number : otherwise;
}

std::optional<Focus> focus_in(const FieldValue& value) {
    const auto& items = items_in(value);
    if (items.size() != 2) return std::nullopt;
    return Focus{real_in(items[0], usual_focus.x), real_in(items[1], usual_focus.y)};
}

// Letters and digits of ASCII in lower case, everything else as single hyphens.
std::string ascii_slug(std::string_view text) {
    std::string slug;
    for (const char c : ascii_lower(text)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) {
            slug += c;
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
    }
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    return slug;
}

}  // namespace

Treatment treatment_in(const FieldSpec& spec, const GroupValue& group) {
    const auto part = [&](std::string_view key) -> const FieldValue& {
        static const FieldValue none;
        return spec.find(key) ? part_of(spec, group, key) : none;
    };
    return {focus_in(part("focus")), real_in(part("head"), 0),   real_in(part("turn"), 0),
            flag_in(part("trim")),   flag_in(part("old_print")), spec.key == "portrait"};
}

std::vector<ImageRequest> plan_images(const Site& site, const ThemeConfig& theme, Diagnostics&) {
    std::map<std::pair<std::string, Treatment>, Wanted> wanted;
    std::map<std::string, std::vector<std::size_t>> by_use;
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        if (!site.records[i].live || !site.records[i].readable) continue;
        for_each_picture(site, static_cast<RecordId>(i), [&](const PlacedPicture& picture) {
            const auto [recipes, fresh] = by_use.try_emplace(picture.use);
            if (fresh) recipes->second = recipes_for(theme, picture.use);
            if (recipes->second.empty()) return;
            auto& entry = wanted[{std::string(picture.file), picture.treatment}];
            if (entry.recipes.empty()) entry.where = picture.where;
            entry.download = entry.download || picture.download;
            add_recipes(entry.recipes, recipes->second);
        });
    }
    std::vector<ImageRequest> requests;
    for (auto& [key, entry] : wanted) {
        requests.push_back({key.first, key.second, std::move(entry.recipes), entry.where, entry.download});
    }
    return requests;
}

void add_kiosk_portraits(const Site& site, const ThemeConfig& theme, std::vector<ImageRequest>& requests) {
    const std::vector<std::size_t> recipes = recipes_naming(theme, "kiosk.portrait");
    if (recipes.empty() || kiosk_page(theme).empty()) return;
    std::set<RecordId> shown;
    for (const RecordId exhibition : looped_exhibitions(site)) {
        for (const ExhibitPlace& place : exhibits_of(site, exhibition)) {
            const bool own = !file_in(part_of(*place.spec, *place.group, picture_part(*place.spec))).empty();
            if (place.person != no_record && !own) shown.insert(place.person);
        }
    }
    std::set<std::pair<std::string, Treatment>> wanted;
    for (const RecordId person : shown) {
        for_each_picture(site, person, [&](const PlacedPicture& picture) {
            if (picture.treatment.portrait) wanted.emplace(picture.file, picture.treatment);
        });
    }
    for (ImageRequest& request : requests) {
        if (wanted.contains({request.file, request.treatment})) add_recipes(request.recipes, recipes);
    }
}

std::string media_name(std::string_view site_path) {
    const auto parts = split(site_path, '/');
    const std::string_view last = parts.back();
    std::string name = ascii_slug(last.substr(0, std::min(last.rfind('.'), last.size())));
    // content/people/wang-yangli/portrait.jpg: the record's folder tells portraits apart.
    if (parts.size() >= 4) {
        const std::string folder = ascii_slug(parts[parts.size() - 2]);
        if (!folder.empty()) name = name.empty() ? folder : folder + "-" + name;
    }
    return name.empty() ? "file" : name.substr(0, 80);
}

void ImageTable::add(const std::string& file, const Treatment& treatment, ImageEntry entry) {
    entries_[file].insert_or_assign(treatment, std::move(entry));
}

const ImageEntry* ImageTable::find(std::string_view file, const Treatment& treatment) const {
    const auto made = entries_.find(file);
    if (made == entries_.end()) return nullptr;
    const auto found = made->second.find(treatment);
    return found == made->second.end() ? nullptr : &found->second;
}

}  // namespace qunying

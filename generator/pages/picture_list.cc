#include "pages/picture_list.h"

#include <algorithm>

#include "pages/pictured.h"

namespace qunying {
namespace {

// Of the pictures that were made with the same crop as those of a page: the smallest of the first recipe.
std::string thumbnail_of(const ImageTable& table, const ListedPicture& picture) {
    const ImageEntry* entry = table.find(picture.file, picture.treatment);
    if (!entry || entry->broken) return {};
    for (const std::size_t recipe : picture.recipes) {
        if (recipe < entry->renditions.size() && !entry->renditions[recipe].empty())
            return entry->renditions[recipe].front().path;
    }
    return {};
}

ListedPicture listed(const Site& site, RecordId id, const PlacedPicture& placed, const Sources& sources) {
    const Record& record = site[id];
    const Kind& kind = site.kind_of(id);
    ListedPicture picture{
        kind.key,         record.slug, record.title, {}, placed.use, std::string(placed.file),
        placed.treatment, {},          placed.where, {}, {}};
    if (kind.pages == KindPages::own) picture.page = kind.folder + "/" + record.slug + ".html";
    if (placed.where.known()) picture.written_in = sources[placed.where.source].path;
    return picture;
}

}  // namespace

PictureList list_pictures(const Site& site, const ThemeConfig& theme, const ImageTable& table,
                          const Sources& sources) {
    PictureList list;
    list.scans = site.settings.takes_tiff ? Scans::allowed : Scans::refused;
    list.credit = {site.settings.picture_credit, site.settings.picture_copyright};
    for (const ThemeRecipe& recipe : theme.recipes) list.recipes.push_back(recipe.recipe);
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (!site.records[i].live || !site.records[i].readable) continue;
        for_each_picture(site, id, [&](const PlacedPicture& placed) {
            if (!placed.group) return;
            ListedPicture picture = listed(site, id, placed, sources);
            picture.recipes = recipes_for(theme, placed.use);
            picture.thumbnail = thumbnail_of(table, picture);
            if (!picture.recipes.empty()) list.pictures.push_back(std::move(picture));
        });
    }
    return list;
}

std::vector<Recipe> recipes_of(const ListedPicture& picture, const PictureList& list) {
    std::vector<Recipe> recipes;
    for (const std::size_t index : picture.recipes)
        recipes.push_back(suited(list.recipes[index], picture.treatment));
    return recipes;
}

}  // namespace qunying

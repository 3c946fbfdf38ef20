#include "pages/exhibits.h"

#include "pages/pictured.h"

namespace qunying {

std::vector<ExhibitPlace> exhibits_of(const Site& site, RecordId exhibition) {
    const Kind& kind = site.kind_of(exhibition);
    const FieldSpec& sections = kind.fields[*kind.find("sections")];
    const FieldSpec& exhibits = sections.fields[*sections.find("exhibits")];
    const auto& rooms = items_of(site.kinds, site[exhibition], "sections");
    std::vector<ExhibitPlace> places;
    for (std::size_t room = 0; room < rooms.size(); ++room) {
        const GroupValue* section = group_in(rooms[room]);
        if (!section) continue;
        for (const FieldValue& item : items_in(part_of(sections, *section, "exhibits"))) {
            const GroupValue* group = group_in(item);
            if (!group) continue;
            const RecordId person = reference_in(part_of(exhibits, *group, "person"));
            if (!may_show(site, exhibits, *group)) continue;
            if (person == no_record && file_in(part_of(exhibits, *group, "photo")).empty()) continue;
            places.push_back({room, &exhibits, group, person});
        }
    }
    return places;
}

std::vector<PhotoPlace> photos_of(const Site& site, RecordId album) {
    const Kind& kind = site.kind_of(album);
    const FieldSpec& photos = kind.fields[*kind.find("photos")];
    std::vector<PhotoPlace> places;
    for (const FieldValue& item : items_of(site.kinds, site[album], "photos")) {
        const GroupValue* group = group_in(item);
        if (!group || file_in(part_of(photos, *group, "file")).empty()) continue;
        if (may_show(site, photos, *group)) places.push_back({&photos, group});
    }
    return places;
}

}  // namespace qunying

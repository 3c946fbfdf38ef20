#pragma once
// Orders and groupings that many pages share, worked out once: who stands where in a list, and the facets of
// the roll.
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/relations.h"
#include "model/site.h"
#include "pages/exhibits.h"
#include "pages/pictured.h"
#include "pages/theme.h"

namespace qunying {

// One value of a facet and everybody who has it.
struct FacetOption {
    std::string key;              // [a-z0-9-]: honors/level-KEY.html
    std::string label;            // 国家级
    std::vector<RecordId> items;  // in the site's order
};

struct Facet {
    std::string name;                  // level
    std::string label;                 // 级别
    std::vector<FacetOption> options;  // only those that hold somebody
};

// Part of a kind's list page: events of one year, reports of one outlet level.
struct ListGroup {
    std::string title;  // empty where the list is one
    std::vector<RecordId> items;
};

// What the indexes and the tile need of a name.
struct NameEntry {
    std::string surname;  // 王, 欧阳; of a team its first character
    std::string pinyin;   // tian jian gang
    char initial = '#';   // A to Z, '#' where there is none
    int strokes = 0;      // of the surname's first character; 0 when unknown
};

struct SiteIndex {
    std::vector<std::vector<RecordId>> by_kind;  // by KindId, in the site's order
    std::vector<std::vector<ListGroup>> lists;   // by KindId: the list page of the kind
    std::vector<bool> built_in;                  // by KindId: a kind of ours, not of the site
    std::vector<std::size_t> own_fields_from;    // by KindId: index of the first field that the site added
    std::vector<std::uint32_t> rank;             // by RecordId: its position in by_kind
    std::vector<NameEntry> names;                // by RecordId
    std::vector<bool> same_name;                 // by RecordId: another of its kind has the same title
    std::vector<RecordId>
        roll;  // all people, and the teams and projects that hold an honour, in the site's order
    std::vector<Facet> facets;       // of the roll: level, year, region, category, kind
    std::vector<Facet> indexes;      // of the roll: pinyin, strokes, surname
    std::vector<FacePicture> faces;  // by RecordId
    std::map<RecordId, std::vector<ExhibitPlace>> exhibits;   // of each exhibition that shows any
    std::map<RecordId, std::vector<PhotoPlace>> photos;       // of each album that shows any
    std::map<RecordId, std::vector<std::size_t>> conferrals;  // of each batch: ordered_conferrals, if any

    std::span<const ExhibitPlace> exhibits_in(RecordId exhibition) const;
    std::span<const PhotoPlace> photos_in(RecordId album) const;
    std::span<const std::size_t> conferrals_in(RecordId batch) const;
};

// Without the facets and indexes that the theme goes without.
SiteIndex index_site(const Site& site, const Relations& relations, unsigned threads = 1,
                     const ThemeConfig& theme = {});

// 按姓氏笔画为序, 按文件顺序…
std::string_view order_label(ListOrder order);

// The order that a batch asks for; document order where it asks for none.
ListOrder batch_order(const Site& site, RecordId batch);

// Indices of the conferrals of a batch that still hold, in the order the batch asks for.
std::vector<std::size_t> ordered_conferrals(const Site& site, const Relations& relations, RecordId batch);

}  // namespace qunying

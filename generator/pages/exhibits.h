#pragma once
// Exhibits of an exhibition and photographs of an album, counted through: each has a page of its own.
#include <string_view>
#include <vector>

#include "model/site.h"

namespace qunying {

struct ExhibitPlace {
    std::size_t section = 0;  // index among the exhibition's sections
    const FieldSpec* spec = nullptr;
    const GroupValue* group = nullptr;
    RecordId person = no_record;  // whom it shows; published
};

// In the order of the rooms. An exhibit of somebody who is not published is not there, nor is one that shows
// nothing.
std::vector<ExhibitPlace> exhibits_of(const Site& site, RecordId exhibition);

struct PhotoPlace {
    const FieldSpec* spec = nullptr;
    const GroupValue* group = nullptr;
};

// The photographs that may be shown: not those marked as not permitted, nor any without a file.
std::vector<PhotoPlace> photos_of(const Site& site, RecordId album);

}  // namespace qunying

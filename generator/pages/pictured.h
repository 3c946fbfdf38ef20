#pragma once
// Where pictures stand in a record: fields of type picture, photos of an album, exhibits, figures of a story.
#include <functional>
#include <string>
#include <string_view>

#include "images/recipe.h"
#include "model/site.h"

namespace qunying {

// The key of the part that names the picture's file (“file”; “photo” of an exhibit); empty where the spec is
// no picture.
std::string_view picture_part(const FieldSpec& spec);

// False where the picture was marked as not permitted, or where somebody whom it names is not published.
bool may_show(const Site& site, const FieldSpec& spec, const GroupValue& group);

// A picture as an author placed it.
struct PlacedPicture {
    std::string use;        // person.portrait, story
    std::string_view file;  // from the site's root
    Treatment treatment;
    Span where;
    const FieldSpec* spec = nullptr;  // of the group; nullptr for a figure of a story
    const GroupValue* group = nullptr;
    bool download = false;  // the picture or its record offers it in its full size
};

// Every picture of a record in the order of its fields, the story's last; nothing private.
void for_each_picture(const Site& site, RecordId id, const std::function<void(const PlacedPicture&)>& visit);

// The picture that stands for a record in a list, with file empty where there is none. A portrait of somebody
// else may stand for an exhibition or an oral history.
struct FacePicture {
    RecordId owner = no_record;  // whose field it is
    const FieldSpec* spec = nullptr;
    const GroupValue* group = nullptr;
};
FacePicture face_of(const Site& site, RecordId id);

}  // namespace qunying

#include "pages/pictured.h"

#include <algorithm>

#include "pages/exhibits.h"
#include "pages/image_plan.h"

namespace qunying {
namespace {

// Pictures are groups, or stand in groups.
bool may_hold_picture(const FieldSpec& spec) {
    return spec.type == FieldType::picture || spec.type == FieldType::group;
}

class PictureVisitor {
  public:
    PictureVisitor(const Site& site, bool download, const std::function<void(const PlacedPicture&)>& visit)
        : site_(site), download_(download), visit_(visit) {}

    void field(const FieldSpec& spec, const FieldValue& value, const std::string& use) {
        if (spec.visibility == FieldVisibility::secret) return;
        if (const GroupValue* group = group_in(value)) one(spec, *group, value.span, use);
        for (const FieldValue& item : items_in(value)) field(spec, item, use);
    }

  private:
    void one(const FieldSpec& spec, const GroupValue& group, Span where, const std::string& use) {
        const std::string_view part = picture_part(spec);
        if (!part.empty()) {
            const std::string_view file = file_in(part_of(spec, group, part));
            if (!file.empty() && may_show(site_, spec, group))
                visit_({use, file, treatment_in(spec, group), where, &spec, &group, offers(spec, group)});
            return;
        }
        group.fields.each([&](std::size_t i, const FieldValue& inner) {
            if (!may_hold_picture(spec.fields[i])) return;
            field(spec.fields[i], inner, use + "." + spec.fields[i].key);
        });
    }

    // What a picture says of itself goes before what its record says of all.
    bool offers(const FieldSpec& spec, const GroupValue& group) const {
        if (!spec.find("download")) return download_;
        const FieldValue& said = part_of(spec, group, "download");
        return said.present() ? flag_in(said) : download_;
    }

    const Site& site_;
    bool download_;
    const std::function<void(const PlacedPicture&)>& visit_;
};

// The first picture of one field that may be shown.
FacePicture first_picture(const Site& site, RecordId id, const FieldSpec& spec, const FieldValue& value) {
    if (spec.visibility == FieldVisibility::secret) return {};
    if (spec.type != FieldType::picture && spec.type != FieldType::group) return {};
    if (const GroupValue* group = group_in(value)) {
        const std::string_view part = picture_part(spec);
        if (!part.empty()) {
            const bool shown = !file_in(part_of(spec, *group, part)).empty() && may_show(site, spec, *group);
            return shown ? FacePicture{id, &spec, group} : FacePicture{};
        }
        for (std::size_t i = 0; i < spec.fields.size() && i < group->fields.size(); ++i) {
            const FacePicture face = first_picture(site, id, spec.fields[i], group->fields[i]);
            if (face.owner != no_record) return face;
        }
    }
    for (const FieldValue& item : items_in(value)) {
        const FacePicture face = first_picture(site, id, spec, item);
        if (face.owner != no_record) return face;
    }
    return {};
}

// The person that the first exhibit shows.
RecordId first_exhibited(const Site& site, RecordId exhibition) {
    const std::vector<ExhibitPlace> exhibits = exhibits_of(site, exhibition);
    return exhibits.empty() ? no_record : exhibits.front().person;
}

RecordId stand_in(const Site& site, RecordId id) {
    const std::string& kind = site.kind_of(id).key;
    if (kind == "oral") return reference_of(site, id, "narrator");
    if (kind == "lecture") return reference_of(site, id, "lecturer");
    if (kind == "exhibition") return first_exhibited(site, id);
    return no_record;
}

}  // namespace

std::string_view picture_part(const FieldSpec& spec) {
    if (spec.type != FieldType::picture && spec.type != FieldType::group) return {};
    // Not by another of its spellings.
    const auto has = [&](std::string_view key) {
        const auto at = spec.find(key);
        return at && spec.fields[*at].key == key;
    };
    if (!has("alt") || !has("focus")) return {};
    return has("file") ? "file" : has("photo") ? "photo" : "";
}

bool may_show(const Site& site, const FieldSpec& spec, const GroupValue& group) {
    const auto hidden = [&](const FieldValue& value) {
        const RecordId id = reference_in(value);
        return id != no_record && !site[id].live;
    };
    for (std::size_t i = 0; i < spec.fields.size() && i < group.fields.size(); ++i) {
        const FieldValue& value = group.fields[i];
        if (spec.fields[i].key == "permission" && value.present() && !flag_in(value)) return false;
        const auto& items = items_in(value);
        if (hidden(value) || std::any_of(items.begin(), items.end(), hidden)) return false;
        if (spec.fields[i].key != "rows") continue;
        for (const FieldValue& row : items) {
            const GroupValue* each = group_in(row);
            if (each && !may_show(site, spec.fields[i], *each)) return false;
        }
    }
    return true;
}

void for_each_picture(const Site& site, RecordId id, const std::function<void(const PlacedPicture&)>& visit) {
    const Record& record = site[id];
    const Kind& kind = site.kind_of(id);
    PictureVisitor visitor(site, flag_in(field_of(site, id, "download")), visit);
    record.fields.each([&](std::size_t i, const FieldValue& value) {
        if (may_hold_picture(kind.fields[i]))
            visitor.field(kind.fields[i], value, kind.key + "." + kind.fields[i].key);
    });
    for (const StoryPart& part : record.story.parts) {
        const auto* figure = std::get_if<StoryFigure>(&part);
        if (figure && !figure->file.path.empty())
            visit({"story", figure->file.path, {}, figure->span, nullptr, nullptr, false});
    }
}

FacePicture face_of(const Site& site, RecordId id) {
    const Record& record = site[id];
    const Kind& kind = site.kind_of(id);
    FacePicture face;
    record.fields.each([&](std::size_t i, const FieldValue& value) {
        const FieldSpec& spec = kind.fields[i];
        // Works and the like of a person never stand for the person.
        if (face.owner != no_record || !may_hold_picture(spec)) return;
        if (kind.key != "person" || spec.key == "portrait") face = first_picture(site, id, spec, value);
    });
    if (face.owner != no_record) return face;
    const RecordId other = stand_in(site, id);
    return other != no_record && other != id && site[other].live ? face_of(site, other) : FacePicture{};
}

}  // namespace qunying

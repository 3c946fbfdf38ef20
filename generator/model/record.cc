#include "model/record.h"

#include "base/failure.h"

namespace qunying {
namespace {

template <class Type>
Type get_or(const FieldValue& value, Type otherwise) {
    const Type* found = std::get_if<Type>(&value.content);
    return found ? *found : otherwise;
}

std::size_t index_of(const Kinds& kinds, const Record& record, std::string_view key) {
    const auto index = kinds[record.kind].find(key);
    QY_CHECK(index && *index < record.fields.size());
    return *index;
}

}  // namespace

const FieldValue& field_of(const Kinds& kinds, const Record& record, std::string_view key) {
    return record.fields[index_of(kinds, record, key)];
}

FieldValue& field_of(const Kinds& kinds, Record& record, std::string_view key) {
    return record.fields[index_of(kinds, record, key)];
}

const FieldValue& part_of(const FieldSpec& spec, const GroupValue& group, std::string_view key) {
    const auto index = spec.find(key);
    QY_CHECK(index && *index < group.fields.size());
    return group.fields[*index];
}

std::string_view text_in(const FieldValue& value) {
    const auto* text = std::get_if<std::string>(&value.content);
    return text ? std::string_view(*text) : std::string_view();
}

std::int64_t number_in(const FieldValue& value) { return get_or<std::int64_t>(value, 0); }
bool flag_in(const FieldValue& value) { return get_or(value, false); }
PartialDate date_in(const FieldValue& value) { return get_or(value, PartialDate{}); }
RecordId reference_in(const FieldValue& value) { return get_or(value, no_record); }

std::string_view file_in(const FieldValue& value) {
    const auto* file = std::get_if<FileValue>(&value.content);
    return file ? std::string_view(file->path) : std::string_view();
}

const std::vector<FieldValue>& items_in(const FieldValue& value) {
    static const std::vector<FieldValue> none;
    const auto* list = std::get_if<ListValue>(&value.content);
    return list ? list->items : none;
}

const GroupValue* group_in(const FieldValue& value) { return std::get_if<GroupValue>(&value.content); }

std::string_view choice_in(const FieldSpec& spec, const FieldValue& value) {
    const auto* choice = std::get_if<ChoiceValue>(&value.content);
    return choice ? std::string_view(spec.choices[choice->index].key) : std::string_view();
}

std::string_view text_of(const Kinds& kinds, const Record& record, std::string_view key) {
    return text_in(field_of(kinds, record, key));
}

PartialDate date_of(const Kinds& kinds, const Record& record, std::string_view key) {
    return date_in(field_of(kinds, record, key));
}

std::string_view choice_of(const Kinds& kinds, const Record& record, std::string_view key) {
    const std::size_t index = index_of(kinds, record, key);
    return choice_in(kinds[record.kind].fields[index], record.fields[index]);
}

RecordId reference_of(const Kinds& kinds, const Record& record, std::string_view key) {
    return reference_in(field_of(kinds, record, key));
}

const std::vector<FieldValue>& items_of(const Kinds& kinds, const Record& record, std::string_view key) {
    return items_in(field_of(kinds, record, key));
}

}  // namespace qunying

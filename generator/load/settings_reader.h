#pragma once
// The settings as read, asked for by key.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/kinds.h"
#include "model/record.h"

namespace qunying {

// The fields of a mapping of site.yaml and the value of each. Keys must be in the table.
struct SettingsReader {
    const std::vector<FieldSpec>& specs;
    const FieldTable& fields;

    std::size_t at(std::string_view key) const {
        const auto found =
            std::find_if(specs.begin(), specs.end(), [&](const FieldSpec& s) { return s.key == key; });
        return static_cast<std::size_t>(found - specs.begin());
    }
    const FieldSpec& spec(std::string_view key) const { return specs[at(key)]; }
    const FieldValue& value(std::string_view key) const { return fields[at(key)]; }
    std::string text(std::string_view key) const { return std::string(text_in(value(key))); }
    std::string_view choice(std::string_view key) const { return choice_in(spec(key), value(key)); }
    bool flag(std::string_view key, bool otherwise) const {
        return value(key).present() ? flag_in(value(key)) : otherwise;
    }
    int number(std::string_view key, int otherwise) const {
        return value(key).present() ? static_cast<int>(number_in(value(key))) : otherwise;
    }
    std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> all;
        for (const FieldValue& item : items_in(value(key))) all.emplace_back(text_in(item));
        return all;
    }
    // Calls `each` for every group of a list.
    template <class Each>
    void groups(std::string_view key, Each each) const {
        for (const FieldValue& item : items_in(value(key))) {
            if (const GroupValue* group = group_in(item))
                each(SettingsReader{spec(key).fields, group->fields}, item.span);
        }
    }
};

}  // namespace qunying

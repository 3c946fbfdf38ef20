#pragma once
// A page in the making: everything that links from it needs to know how deep it lies.
#include <string>
#include <string_view>
#include <vector>

#include "pages/page_plan.h"

namespace qunying {

struct Scope {
    const PageContext& context;
    std::string root;  // what stands before every path of the site: "", "../", or the base URL on 404.html

    const Site& site() const { return context.site; }
    std::string url(std::string_view path) const {
        std::string whole;
        whole.reserve(root.size() + path.size());
        return whole.append(root).append(path);
    }
    const FacePicture& face(RecordId id) const { return context.index.faces[static_cast<std::size_t>(id)]; }
};

// Published, and not a broken file.
bool is_shown(const Site& site, RecordId id);

Value text_or_none(std::string_view text);
// The same of text that the Site, the theme or the index holds: it is not copied.
Value lasting_or_none(std::string_view text);
Value url_or_none(const Scope& scope, std::string_view path);
// {iso, text, year}
Value date_value(PartialDate date);
// {key, label, seal} of a level's key; none for an unknown one.
Value level_value(const Site& site, std::string_view key);
// The same, made once for all pages.
Value shared_level(const PageContext& context, std::string_view key);
// Paragraphs: what stands between line ends. `prose` is held by the Site.
Value paragraphs(std::string_view prose);
Value texts(const std::vector<FieldValue>& items);
std::string joined_texts(const std::vector<FieldValue>& items, std::string_view separator);

// What a list of records is called: as in the navigation, else the kind's usual name.
std::string list_label(const Site& site, KindId kind);

}  // namespace qunying

#pragma once
// Where every record's page lies. Collisions are found here; from here on no path changes.
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/relations.h"
#include "model/site.h"
#include "pages/theme.h"

namespace qunying {

// A page that only leads somewhere else: people/OLD.html of an alias.
struct Forward {
    std::string path;
    RecordId target = no_record;

    bool operator==(const Forward&) const = default;
};

struct Routes {
    std::vector<std::string>
        page_of;  // by RecordId: people/wang-yangli.html; empty where it has no page of its own
    std::vector<std::string>
        list_of;                 // by KindId: people/index.html; empty for kinds that are shown inside others
    std::vector<bool> parts_of;  // by KindId: its exhibits or photographs have pages of their own
    bool booklets = false;       // batches have one to print each
    std::vector<Forward> forwards;       // by path
    std::vector<std::string> withdrawn;  // pages of withdrawn records, which say so and name nobody; by path

    const std::string& page(RecordId id) const { return page_of[static_cast<std::size_t>(id)]; }
    const std::string& list(KindId kind) const { return list_of[static_cast<std::size_t>(kind)]; }
};

// What the theme goes without gets no address.
Routes route(const Site& site, const Relations& relations, Diagnostics& diagnostics,
             const ThemeConfig& theme = {});

// The page that a navigation entry leads to: a kind's folder in either language, "honors", "home" or the path
// of a page; empty where there is none.
std::string navigation_path(const Site& site, const Routes& routes, std::string_view target);

// exhibitions/seventy-12.html, albums/spring-3.html, people/index-2.html: `number` counts from 1.
std::string numbered_page(std::string_view page, std::size_t number);

// print/first.html: the booklet of a batch; empty where it has none.
std::string booklet_of(const Site& site, const Routes& routes, RecordId batch);

// "" or "../": what leads from a page back to the site's root.
std::string root_from(std::string_view page);

}  // namespace qunying

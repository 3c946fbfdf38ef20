#pragma once
// A page of the site as the preview shows it: the bytes of the build, and one script that keeps it up to
// date.
#include <string>
#include <string_view>

#include "system/memory_stage.h"

namespace qunying {

// What names a page and the files it shows: another mark, and an open tab has to load it again. `path` is
// that of the page in the tree; of a page that is not there the mark is the one of 404.html.
std::string page_mark(const MemoryTree& tree, std::string_view path);

// What the script has to know.
struct LivePage {
    std::string path, mark, token;
};

// The element that is put in front of </body>, and nothing else is changed. Built pages never hold it.
std::string live_element(const LivePage& page);
std::string with_live_element(std::string_view html, const LivePage& page);

}  // namespace qunying

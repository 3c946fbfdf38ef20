#pragma once
// What the preview tells an open page: as JSON for its script, and as a page of its own.
#include <string>
#include <string_view>

#include "serve/event_hub.h"
#include "serve/live_page.h"

namespace qunying {

// The page of findings, as marks and the script name it.
inline constexpr std::string_view findings_page_path = "/_qunying/";

// The mark of any page of the preview under this snapshot.
std::string mark_of(const Snapshot& snapshot, std::string_view page);

// One line: {version, mark, errors, warnings, title, more, lost, findings: [{place, message, cure}…]}.
std::string state_json(const Snapshot& snapshot, std::string_view page, Language language);

// All findings with place and cure; in place of every page until the first build has gone well.
std::string findings_page(const Snapshot& snapshot, const LivePage& page, Language language);

}  // namespace qunying

#pragma once
// kiosk/codes/NAME.svg: a kiosk leads nowhere but into its own site, so what lies outside is handed over to
// the visitor's telephone as a QR code, and so is every page that is on the web too.
#include <string>
#include <string_view>
#include <vector>

#include "pages/plain_files.h"

namespace qunying {

// Whether a page of a venue's site has an address on the web, too: who is shown in halls alone has none.
bool is_on_web(const PageContext& context, const PageJob& job);

// The addresses of links that lead out of the site, as they stand in `html` (http, https): sorted by nothing,
// with repetitions.
std::vector<std::string> outside_addresses(std::string_view html);

// Of a venue's site alone. Two addresses that happen to share a name have no code, rather than each other's.
std::vector<PlainFile> plan_kiosk_codes(const PageContext& context, const std::vector<PageJob>& pages);

}  // namespace qunying

#include "build/vanished.h"

#include <algorithm>

namespace qunying {
namespace {

// exhibitions/seventy-12 → exhibitions/seventy; anything without a number at the end stays as it is.
std::string_view without_number(std::string_view slug) {
    const std::size_t digits = slug.find_last_not_of("0123456789");
    const bool numbered = digits != std::string_view::npos && digits + 1 < slug.size() && slug[digits] == '-';
    return numbered ? slug.substr(0, digits) : slug;
}

// Forwards are in the order of their paths.
bool forwards_from(const Routes& routes, std::string_view path) {
    const auto at = std::lower_bound(
        routes.forwards.begin(), routes.forwards.end(), path,
        [](const Forward& f, std::string_view wanted) { return std::string_view(f.path) < wanted; });
    return at != routes.forwards.end() && at->path == path;
}

}  // namespace

void check_vanished(const Manifest& before, const Site& site, const Routes& routes,
                    Diagnostics& diagnostics) {
    for (const auto& [path, file] : before.files) {
        const std::size_t slash = path.find('/');
        if (slash == std::string::npos || !path.ends_with(".html")) continue;
        const auto kind = site.kinds.of_folder(path.substr(0, slash));
        const std::string_view slug =
            path.substr(slash + 1, path.size() - slash - 1 - std::string_view(".html").size());
        if (!kind || slug == "index" || without_number(slug) == "index") continue;
        if (site.find(*kind, slug) || site.find(*kind, without_number(slug)) || forwards_from(routes, path))
            continue;
        diagnostics.report(DiagnosticKind::vanished_address, {}, {std::string(path)});
    }
}

}  // namespace qunying

#pragma once
// Addresses in stories. Inside syntax/ only.
#include <optional>
#include <string>
#include <string_view>

namespace qunying {

// http, https, mailto, tel and places of the site, tested as a browser would see them: escapes decoded,
// controls dropped. Anything else, and `//host`, is refused.
bool is_allowed_url(std::string_view url);
// Whether the address names a scheme or a host, that is, no file of the site.
bool is_remote_url(std::string_view url);
// Where a bare address ends, in bytes: in front of Chinese punctuation, and of any hanzi in its host.
std::size_t bare_link_end(std::string_view words);
// Fit for href: characters that may not stand in a URL per-cent escaped, existing escapes kept. Not yet
// HTML-escaped.
std::string link_url(std::string_view url);
// %E7%8E%8B → 王; nothing where the escapes do not make UTF-8 or hide a control.
std::optional<std::string> decoded_path(std::string_view url);

}  // namespace qunying

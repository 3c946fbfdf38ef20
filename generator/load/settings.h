#pragma once
// content/site.yaml: what the editors decide about the whole site, their own fields and kinds among it.
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "model/site.h"
#include "syntax/yaml.h"

namespace qunying {

inline constexpr std::string_view settings_path = "content/site.yaml";

// An address to put before every path, with its last '/': nothing where `text` is no whole http(s) address.
std::optional<std::string> whole_base_url(std::string_view text);

// Settings and the table of kinds with the site's additions. Unknown keys and impossible values are reported.
struct LoadedSettings {
    SiteSettings settings;
    Kinds kinds = built_in_kinds();
};
LoadedSettings load_settings(const SourceFile& file, Diagnostics& diagnostics);

}  // namespace qunying

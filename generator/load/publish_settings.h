#pragma once
// content/publish.yaml: where the finished site goes. Secrets have no place in it.
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace qunying {

inline constexpr std::string_view publish_settings_path = "content/publish.yaml";

enum class TargetKind { directory, rsync, rclone };

struct PublishTarget {
    std::string name;
    TargetKind kind = TargetKind::directory;
    std::string to;  // /srv/www/site, web@host:/srv/www/site, remote:folder
};

// Targets in the order of the file. Whatever is wrong is reported, and that target left out.
std::vector<PublishTarget> load_publish_targets(const SourceFile& file, Diagnostics& diagnostics);

}  // namespace qunying

#pragma once
// `qunying report --pictures`: the contact sheet of a site's portraits, or of photographs in a folder.
#include "commands/command_line.h"

namespace qunying {

// `site`: the folder is a site. Yields the exit code.
int report_pictures(const ReportArguments& arguments, bool site, Language language);

}  // namespace qunying

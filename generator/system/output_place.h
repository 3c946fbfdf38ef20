#pragma once
// Where a build puts the site, and where it keeps the spare of it.
#include <memory>
#include <string>

#include "system/disk.h"

namespace qunying {

struct OutputPlace {
    std::unique_ptr<Disk> disk;  // serves both
    std::string out;             // the output folder
    std::string spare;           // "" where none can be kept: on another file system than the state folder
};

// `folder` is the output folder as the user named it; what leads to it is created when missing. `site` is the
// folder of the site, whose state folder is there and locked. Spares of output folders that are gone are
// removed.
OutputPlace output_place(const std::string& folder, const std::string& site,
                         const std::string& state_folder = ".qunying");

// The name that the spare of an output folder has; `way` leads there from the site: "public", "../www/site".
// Each way has a name of its own, and a plain one. Nothing where it would be too long.
std::string spare_name(const std::string& way);

}  // namespace qunying

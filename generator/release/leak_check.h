#pragma once
// The last look at a finished tree before it leaves the house. Rules look at what editors wrote; this looks
// at what would be seen, whatever it was made from.
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/private_data.h"
#include "system/disk.h"

namespace qunying {

struct Leak {
    std::string path;  // of the file, from the folder of the release; its name is masked
    std::string what;  // 手机号
    std::string what_in_english;
    std::string shown;  // masked: 138****1234

    bool operator==(const Leak&) const = default;
};

// All personal data in the files of a release and in their names, in order of their paths, each once a file.
// `allowed` is what the site lets pass: allowed_in_site. Throws Failure where a file cannot be read.
std::vector<Leak> leaks_in_release(Disk& disk, const std::string& folder,
                                   std::span<const std::string> allowed = {});

// wordlists.allowed of the site's content/site.yaml; empty where there is none.
std::vector<std::string> allowed_in_site(Disk& site);

// For people: every leak on a line of its own, and what to do. Ends with a newline.
std::string leaks_text(std::span<const Leak> leaks, Language language);

}  // namespace qunying

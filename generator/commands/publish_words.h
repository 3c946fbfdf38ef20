#pragma once
// What `qunying publish` says.
#include <array>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/failure.h"
#include "load/publish_settings.h"
#include "release/publish.h"
#include "release/remote_failure.h"

namespace qunying {

// Why a finished folder is not published.
enum class ReleaseFault { none, missing, not_whole, for_a_venue, preview };

// Folders of a site that hold what it is made from.
inline constexpr std::array<const char*, 4> own_folders = {"content", "assets", "themes", ".qunying"};

std::string no_targets_text(Language language);
std::string which_target_text(const std::vector<PublishTarget>& targets, const std::string& wanted,
                              Language language);
std::string release_fault_text(ReleaseFault fault, const std::string& folder, Language language);
std::string own_folder_text(const PublishTarget& target, Language language);

std::string uploading_text(UploadPhase phase, std::size_t files, Language language);
std::string verifying_text(Language language);
std::string waiting_text(unsigned seconds, Language language);
std::string removing_text(std::size_t files, Language language);

struct PublishTelling {
    const PublishTarget& target;
    const std::string& base_url;  // with its last '/', or empty
    bool dry_run = false;
    double seconds = 0;
};
std::string publish_refusal_text(const PublishReport& report, const PublishTelling& telling,
                                 Language language);
std::string publish_report_text(const PublishReport& report, const PublishTelling& telling,
                                Language language);

// What went wrong, what to do, and beneath it what the other program said.
std::string remote_failure_text(const RemoteFailure& failure, Language language);
// A disk's failure in the same words.
RemoteFailure as_remote_failure(const Failure& failure);

}  // namespace qunying

#pragma once
// Brings a finished release to a place: docs/publishing.md.
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "release/publish_journal.h"
#include "release/publish_plan.h"
#include "release/remote.h"

namespace qunying {

struct PublishOptions {
    std::string run;  // a name that no other run has
    bool dry_run = false;
    bool verify_all = false;  // believe nothing of what the place says it holds
    bool replace = false;     // also where another site lies, or most pages would go
};

// Why nothing was done.
enum class PublishRefusal {
    none,
    other_site,    // there is a site that no manifest of ours speaks of
    mass_removal,  // most pages would go: perhaps the wrong site, or half a one
};

struct PublishReport {
    PublishRefusal refusal = PublishRefusal::none;
    bool first = false;      // nothing was published there before
    bool continued = false;  // a run that was broken off was carried on
    bool nothing_to_do = false;
    bool bit_by_bit = false;  // the place could not replace a page in one step
    PublishPlan plan;
    PublishCounts counts;
    std::size_t verified = 0;  // files that were looked at afterwards
    bool by_length = false;    // some of them by their length alone
};

// What happens meanwhile, for whoever watches; each may be empty.
struct PublishEvents {
    std::function<void(const PublishPlan&)> planned;
    std::function<void(UploadPhase, std::size_t files)> uploading;
    std::function<void()> verifying;
    // Visitors who opened a page just now may yet want its pictures: comes back after a while.
    std::function<void()> wait_before_removing;
    std::function<void(std::size_t files)> removing;
};

// Throws Failure and RemoteFailure; whatever was done by then stays, and the next run goes on from there.
PublishReport publish_release(const LocalRelease& release, Remote& remote, PublishJournal& journal,
                              const PublishOptions& options, const PublishEvents& events = {});

}  // namespace qunying

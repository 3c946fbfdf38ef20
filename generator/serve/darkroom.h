#pragma once
// Makes single pictures for the pages of photographs while the preview runs.
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "images/credit.h"
#include "images/recipe.h"
#include "system/blob_cache.h"
#include "system/disk.h"
#include "system/worker_pool.h"

namespace qunying {

struct PictureOrder {
    std::string file;  // from the site's root
    std::vector<Recipe> recipes;
    Treatment treatment;
    Scans scans = Scans::refused;
    Credit credit = {};  // under which a build keeps it; what is made here has none
};

// What the pages need from outside, so that they can be tested without a worker.
struct PictureTools {
    std::function<PictureResult(const PictureOrder&)> make;
    // Of a text of the site; nothing where there is none.
    std::function<std::optional<std::string>(const std::string& path)> read;
};

// The worker that builds use, for one picture at a time and any thread. What a build has made is not made
// again; nothing is kept, for an editor tries many places.
class Darkroom {
  public:
    // All must outlive it.
    Darkroom(Disk& site, const BlobCache& built, WorkerCommand worker)
        : site_(site), built_(built), workers_(std::move(worker), 1) {}

    // Throws Failure where the file cannot be read or no worker be started.
    PictureResult make(const PictureOrder& order);
    PictureTools tools();

  private:
    Disk& site_;
    const BlobCache& built_;
    std::mutex mutex_;  // of the pool
    WorkerPool workers_;
};

}  // namespace qunying

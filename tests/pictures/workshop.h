#pragma once
// What the tests of photographs share: a folder in which other programs make pictures, and the real worker.
#include <filesystem>
#include <string>
#include <vector>

#include "images/derive.h"
#include "system/worker_pool.h"

namespace qunying {

// A folder for one test, gone with it.
class Workshop {
  public:
    Workshop();
    ~Workshop();
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    // Runs a shell command in the folder; it must succeed.
    void make(const std::string& command) const;
    // The same for a command that may fail; whether it did not.
    bool try_to_make(const std::string& command) const;
    std::string read(const std::string& name) const;
    void write(const std::string& name, const std::string& bytes) const;

  private:
    std::filesystem::path folder_;
};

WorkerPool picture_pool(unsigned workers = 2, WorkerLimits limits = {});

// Two widths in WebP and JPEG.
Recipe web();

// What build/ does with a reply.
PictureResult understand(const WorkerReply& reply);

// TIFF is allowed.
std::vector<PictureResult> derive(WorkerPool& pool, const std::vector<std::string>& originals,
                                  const std::vector<Recipe>& recipes);
PictureResult derive_one(const std::string& original, const Recipe& recipe = web());

// Sanitizers take more memory than a worker may have.
bool sanitized();

}  // namespace qunying

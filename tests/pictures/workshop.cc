#include "pictures/workshop.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace qunying {
namespace fs = std::filesystem;

Workshop::Workshop() {
    std::string name = (fs::temp_directory_path() / "qunying-pictures-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
}

Workshop::~Workshop() { fs::remove_all(folder_); }

bool Workshop::try_to_make(const std::string& command) const {
    const std::string line =
        "export OMP_NUM_THREADS=1; cd '" + folder_.string() + "' && { " + command + "; } >log 2>&1";
    return std::system(line.c_str()) == 0;
}

void Workshop::make(const std::string& command) const {
    CAPTURE(command);
    const bool done = try_to_make(command);
    if (!done) MESSAGE(read("log"));
    REQUIRE(done);
}

std::string Workshop::read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void Workshop::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

WorkerPool picture_pool(unsigned workers, WorkerLimits limits) {
    return {WorkerCommand{{QUNYING_PICTURE_WORKER}}, workers, limits};
}

Recipe web() {
    Recipe recipe;
    recipe.widths = {320, 640};
    recipe.formats = {PictureFormat::webp};
    return recipe;
}

PictureResult understand(const WorkerReply& reply) {
    switch (reply.outcome) {
        case WorkerOutcome::answered:
            break;
        case WorkerOutcome::timed_out:
            return failed_picture(PictureProblem::timed_out);
        case WorkerOutcome::crashed:
            return failed_picture(reply.exit_status == out_of_memory_status ? PictureProblem::out_of_memory
                                                                            : PictureProblem::crashed,
                                  "signal " + std::to_string(reply.signal));
    }
    const auto results = decode_results(reply.bytes);
    REQUIRE(results.has_value());
    REQUIRE(results->size() == 1);
    return results->front();
}

std::vector<PictureResult> derive(WorkerPool& pool, const std::vector<std::string>& originals,
                                  const std::vector<Recipe>& recipes) {
    std::vector<PictureResult> results;
    pool.run(
        originals.size(),
        [&](std::size_t i) {
            return encode_job({.bytes = originals[i], .uses = {{{}, recipes}}, .scans = Scans::allowed});
        },
        [&](std::size_t, const WorkerReply& reply) { results.push_back(understand(reply)); });
    return results;
}

PictureResult derive_one(const std::string& original, const Recipe& recipe) {
    WorkerPool pool = picture_pool(1);
    return derive(pool, {original}, {recipe}).front();
}

bool sanitized() {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return true;
#endif
#endif
    return false;
}

}  // namespace qunying

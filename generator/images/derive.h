#pragma once
// Photographs to derivatives, for the worker process alone: nothing here may be called with foreign bytes in
// the program that builds the site (a decoder that runs away takes its process with it). The program that
// builds only writes jobs and reads results:
//
//   build:   WorkerPool pool({{"…/qunying-pictures"}}, workers);
//            pool.run(n, [&](i) { return encode_job(…); }, [&](i, WorkerReply reply) {
//                result = reply.outcome == WorkerOutcome::answered ? decode_result(reply.bytes) :
//                failed_picture(…); });
//   worker:  picture_worker.cc:
//            return serve_jobs(descriptor, {start_picture_engine, answer_picture_job});
//
// What works on pixels is in a library of its own, which only the worker links: see generator/CMakeLists.txt.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "images/recipe.h"

namespace qunying {

// One photograph and everything wanted of it, so that it is decoded once.
struct PictureJob {
    std::string bytes;  // the original
    std::vector<Recipe> recipes;
    Treatment treatment;
    Scans scans = Scans::refused;

    bool operator==(const PictureJob&) const = default;
};

// The wire format: a version, then fixed fields and length-prefixed texts. Readers check every length before
// they allocate and yield nothing on any other bytes.
std::string encode_job(const PictureJob& job);
std::optional<PictureJob> decode_job(std::string_view bytes);
std::string encode_result(const PictureResult& result);
std::optional<PictureResult> decode_result(std::string_view bytes);

// Names everything but job and original that decides the bytes made: our own pipeline, libvips and the codecs
// by their build ids. Part of every cache key. Decodes nothing and starts no worker, but loads libvips the
// first time it is asked (some 25 ms): ask only when there are pictures. Where libvips is missing it says so,
// and no worker will start.
std::string_view encoder_version();

// Once in a worker, before its sandbox closes: starts libvips, shuts every loader but JPEG, PNG, WebP, HEIF,
// GIF and TIFF. Yields a line for people about what was started.
std::string start_picture_engine();

// A job in, a result out, both encoded. Only in a worker, after start_picture_engine. Ends the process with
// `out_of_memory_status` when memory runs out inside a library.
std::string answer_picture_job(std::string_view job);
inline constexpr int out_of_memory_status = 112;

}  // namespace qunying

#pragma once
// Photographs to derivatives, for the worker process alone: nothing here may be called with foreign bytes in
// the program that builds the site (a decoder that runs away takes its process with it). The program that
// builds only writes jobs and reads results:
//
//   build:   WorkerPool pool({{"…/qunying-pictures"}}, workers);
//            pool.run(n, [&](i) { return encode_job(…); }, [&](i, WorkerReply reply) {
//                results = reply.outcome == WorkerOutcome::answered ? decode_results(reply.bytes) : …; });
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

// What one use of a photograph wants of it: as a portrait it is cut round the head, in a gallery it is whole.
struct PictureUse {
    Treatment treatment;
    std::vector<Recipe> recipes;

    bool operator==(const PictureUse&) const = default;
};

// One photograph and everything wanted of it, so that it is decoded once.
struct PictureJob {
    std::string_view bytes;  // the original, which lies elsewhere: of a decoded job where the job lies
    std::vector<PictureUse> uses;
    Scans scans = Scans::refused;

    bool operator==(const PictureJob&) const = default;
};

// The wire format: a version, then fixed fields and length-prefixed texts. Readers check every length before
// they allocate and yield nothing on any other bytes.
std::string encode_job(const PictureJob& job);
// All of it but the original, which comes last: whoever can write one after the other needs no room for both.
std::string encode_job_before_bytes(const PictureJob& job);
std::optional<PictureJob> decode_job(std::string_view bytes);
std::string encode_result(const PictureResult& result);
std::optional<PictureResult> decode_result(std::string_view bytes);
// The answer to a job: a result a use, in their order.
std::string encode_results(const std::vector<PictureResult>& results);
std::optional<std::vector<PictureResult>> decode_results(std::string_view bytes);

// Names everything but job and original that decides the bytes made: our own pipeline, libvips and the codecs
// by their build ids. Part of every cache key. Decodes nothing and starts no worker, but loads libvips the
// first time it is asked (some 25 ms): ask only when there are pictures. Where libvips is missing it says so,
// and no worker will start.
std::string_view encoder_version();

// Once in a worker, before its sandbox closes: starts libvips, shuts every loader but JPEG, PNG, WebP, HEIF,
// GIF and TIFF. Yields a line for people about what was started.
std::string start_picture_engine();

// A job in, its results out, both encoded. Only in a worker, after start_picture_engine. Ends the process
// with `out_of_memory_status` when memory runs out inside a library.
std::string answer_picture_job(std::string_view job);
inline constexpr int out_of_memory_status = 112;

}  // namespace qunying

#include "serve/darkroom.h"

#include "base/digest.h"
#include "build/pictures.h"
#include "images/derive.h"

namespace qunying {

PictureResult Darkroom::make(const PictureOrder& order) {
    std::string bytes = site_.read_file(order.file);
    const Digest key =
        picture_key(digest_of(bytes), order.treatment, order.scans, order.recipes, order.credit);
    if (const auto stored = built_.get("picture-bytes", key)) {
        if (auto result = decode_result(*stored)) return std::move(*result);
    }
    const std::string job = encode_job({bytes, {{order.treatment, order.recipes}}, order.scans});
    PictureResult made;
    const std::lock_guard guard(mutex_);
    workers_.run(
        1, [&](std::size_t) { return job; },
        [&](std::size_t, WorkerReply reply) { made = picture_of(std::move(reply)); });
    return made;
}

PictureTools Darkroom::tools() {
    constexpr std::uint64_t longest_text = 4 << 20;  // bytes
    return {[this](const PictureOrder& order) { return make(order); },
            [this](const std::string& path) { return site_.read_if_there(path, longest_text); }};
}

}  // namespace qunying

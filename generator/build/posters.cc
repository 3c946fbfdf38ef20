#include "build/posters.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

#include "base/packed_bytes.h"
#include "base/text.h"
#include "fonts/lettering.h"
#include "images/derive.h"
#include "images/effort.h"
#include "system/file_stamp.h"

namespace qunying {
namespace {

// One poster on its way.
struct Work {
    const PosterRequest* request = nullptr;
    LetteringJob lettering;
    std::vector<const MediaFile*> photos;  // of those of the sheet that have a file
    Digest key;
    OutputFile expected;  // where it is known
    bool known = false;
};

void add_photo(DigestBuilder& key, const PosterPhoto& photo, const MediaFile& file, const PosterShop& shop) {
    key.add(shop.memo.file_digest(file));
    add_to(key, photo.treatment);
}

Work work_for(const PosterRequest& request, const PosterFonts& fonts, const PosterShop& shop) {
    Work work;
    work.request = &request;
    const PosterSheet& sheet = request.sheet;
    work.lettering = poster_lettering(sheet, fonts);
    DigestBuilder key;
    key.add("poster").add(static_cast<std::uint64_t>(poster_version));
    key.add(static_cast<std::uint64_t>(lettering_version)).add(encoder_version());
    key.add(encode_job(work.lettering)).add(sheet.address).add(static_cast<std::uint64_t>(sheet.kind));
    key.add(static_cast<std::uint64_t>(sheet.quiet)).add(static_cast<std::uint64_t>(shop.scans));
    for (const PosterPhoto& photo : sheet.photos) {
        const MediaFile* file = photo.file.empty() ? nullptr : shop.tree.find_media(photo.file);
        key.add(static_cast<std::uint64_t>(file != nullptr));
        if (file == nullptr) continue;
        add_photo(key, photo, *file, shop);
        work.photos.push_back(file);
    }
    work.key = key.finish();
    return work;
}

std::string stamps_of(const std::vector<std::string>& paths) {
    std::string all;
    BytePacker packer(all);
    for (const std::string& path : paths) packer.text(file_stamp(path));
    return all;
}

// What is known of a poster: the files that decided how its texts came out, as they were then, and its bytes'
// digest and size. It stands as long as those files.
std::string packed(const std::vector<std::string>& made_with, const OutputFile& file) {
    std::string facts;
    BytePacker packer(facts);
    packer.number(made_with.size());
    for (const std::string& path : made_with) packer.text(path);
    packer.text(stamps_of(made_with));
    packer.text(file.blake2b.raw());
    packer.number(file.size);
    return facts;
}

void recall(Work& work, const PosterShop& shop) {
    const auto facts = shop.memo.cache().get("poster-facts", work.key);
    if (!facts) return;
    ByteUnpacker unpacker(*facts, no_source);
    std::vector<std::string> made_with;
    for (std::uint32_t left = unpacker.count(1); left > 0 && !unpacker.broken(); --left)
        made_with.emplace_back(unpacker.text());
    const std::string_view stamps = unpacker.text(), digest = unpacker.text();
    work.expected.size = unpacker.number(std::uint64_t{1} << 40);
    const bool good = unpacker.whole() && digest.size() == work.expected.blake2b.bytes.size();
    if (!good || stamps != stamps_of(made_with)) return;
    std::memcpy(work.expected.blake2b.bytes.data(), digest.data(), digest.size());
    work.known = true;
}

void remember(Work& work, const std::vector<std::string>& made_with, const std::string& png,
              const PosterShop& shop) {
    work.expected = {blake2b_of(png), png.size()};
    work.known = true;
    shop.memo.cache().put("poster-bytes", work.key, png);
    shop.memo.cache().put("poster-facts", work.key, packed(made_with, work.expected));
}

// ---- drawing

void report_failure(const Work& work, std::string_view why, Diagnostics& diagnostics) {
    diagnostics.report(DiagnosticKind::poster_failed, work.request->where,
                       {work.request->sheet.title, std::string(why)});
}

void report_missing(const Work& work, char32_t character, Diagnostics& diagnostics) {
    diagnostics.report(DiagnosticKind::poster_glyph_missing, work.request->where,
                       {work.request->sheet.title, to_utf8(std::u32string(1, character)),
                        fmt::format("U+{:04X}", static_cast<std::uint32_t>(character))});
}

LetteringResult lettering_of(const WorkerReply& reply) {
    auto result = decode_lettering(reply.bytes);
    if (reply.outcome == WorkerOutcome::answered && result) return std::move(*result);
    LetteringResult failed;
    failed.detail = reply.outcome == WorkerOutcome::timed_out
                        ? std::string("the font worker takes too long")
                        : fmt::format("the font worker ended, signal {}", reply.signal);
    return failed;
}

PosterResult poster_of(const WorkerReply& reply) {
    auto result = decode_poster(reply.bytes);
    if (reply.outcome == WorkerOutcome::answered && result) return std::move(*result);
    PosterResult failed;
    failed.problem = PictureProblem::crashed;
    failed.detail = reply.outcome == WorkerOutcome::timed_out
                        ? std::string("the picture worker takes too long")
                        : fmt::format("the picture worker ended, signal {}", reply.signal);
    return failed;
}

// Draws posters, some at a time, so that neither their inks nor their photographs are all in memory at once.
class PosterDesk {
  public:
    PosterDesk(const PosterShop& shop, std::size_t count, Diagnostics& diagnostics)
        : shop_(shop), diagnostics_(diagnostics), total_(count), fonts_(shop.fonts, workers(count)) {}

    void draw(std::vector<Work*> all) {
        tell({});
        const std::size_t at_once = std::size_t{16} * std::max(1U, shop_.threads);
        for (std::size_t begin = 0; begin < all.size(); begin += at_once) {
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(begin);
            draw_some({from, from + static_cast<std::ptrdiff_t>(std::min(at_once, all.size() - begin))});
        }
    }

  private:
    unsigned workers(std::size_t count) const {
        return static_cast<unsigned>(
            std::min<std::size_t>(std::max(1U, shop_.threads), std::max<std::size_t>(1, count)));
    }
    void tell(std::string_view in_hand) {
        shop_.progress(ProgressNews{Step::posters, done_, total_, 0, 0, in_hand});
    }

    void draw_some(const std::vector<Work*>& works) {
        std::vector<LetteringResult> set(works.size());
        fonts_.run(
            works.size(), [&](std::size_t i) { return encode_job(works[i]->lettering); },
            [&](std::size_t i, WorkerReply reply) { set[i] = lettering_of(reply); });
        std::vector<std::size_t> drawn;
        for (std::size_t i = 0; i < works.size(); ++i) {
            if (is_whole(*works[i], set[i])) drawn.push_back(i);
        }
        shop_.pictures.run(
            drawn.size(), [&](std::size_t i) { return job_for(*works[drawn[i]], set[drawn[i]]); },
            [&](std::size_t i, WorkerReply reply) {
                Work& work = *works[drawn[i]];
                PosterResult result = poster_of(reply);
                if (result.problem == PictureProblem::none && !result.png.empty()) {
                    remember(work, set[drawn[i]].made_with, result.png, shop_);
                } else {
                    report_failure(work, result.detail, diagnostics_);
                }
                ++done_;
                tell(work.request->sheet.title);
            });
        done_ += works.size() - drawn.size();
    }

    // Everything is set, and every character is there.
    bool is_whole(const Work& work, const LetteringResult& set) {
        if (!set.detail.empty() || set.paragraphs.size() != work.lettering.paragraphs.size()) {
            report_failure(work, set.detail, diagnostics_);
        } else if (!set.missing.empty()) {
            report_missing(work, set.missing.front(), diagnostics_);
        } else {
            return true;
        }
        return false;
    }

    PoolJob job_for(const Work& work, const LetteringResult& set) {
        const PosterSheet& sheet = work.request->sheet;
        PosterJob job = arrange_poster(sheet, set.paragraphs, qr_modules(sheet.address));
        job.scans = shop_.scans;
        std::uint64_t memory = 0, bytes = 0;
        for (std::size_t i = 0; i < job.pictures.size() && i < work.photos.size(); ++i) {
            const MediaFile& file = *work.photos[i];
            PosterPicture& picture = job.pictures[i];
            picture.bytes = shop_.memo.site().read_file(file.path);
            const PixelSize size{picture.box.width, picture.box.height};
            const PictureEffort effort =
                effort_of(std::string_view(picture.bytes).substr(0, telling_bytes), picture.bytes.size(),
                          {poster_recipe(size, picture.treatment)});
            memory = std::max(memory, effort.memory);
            bytes += 2 * picture.bytes.size();
        }
        constexpr std::uint64_t canvas = std::uint64_t{16} << 20;  // and what it is saved with
        return {encode_job(job), std::max(memory, idle_worker_memory) + bytes + canvas};
    }

    const PosterShop& shop_;
    Diagnostics& diagnostics_;
    std::size_t done_ = 0, total_;
    WorkerPool fonts_;
};

void draw(const std::vector<Work*>& works, const PosterShop& shop, Diagnostics& diagnostics) {
    if (works.empty()) return;
    if (shop.fonts.argv.empty()) {
        for (const Work* work : works) report_failure(*work, "no font worker", diagnostics);
        return;
    }
    PosterDesk(shop, works.size(), diagnostics).draw(works);
}

}  // namespace

Posters make_posters(std::vector<PosterRequest> requests, const ThemeConfig& theme, PosterShop shop,
                     Diagnostics& diagnostics) {
    Posters posters;
    posters.requests = std::move(requests);
    posters.fonts = poster_fonts(theme);
    std::vector<Work> all;
    for (const PosterRequest& request : posters.requests) {
        all.push_back(work_for(request, posters.fonts, shop));
        recall(all.back(), shop);
    }
    std::vector<Work*> missing;
    for (Work& work : all) {
        if (!work.known) missing.push_back(&work);
    }
    draw(missing, shop, diagnostics);
    posters.reused = all.size() - missing.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Work& work = all[i];
        if (!work.known) {
            posters.complete = false;
            continue;
        }
        const std::string hash = work.expected.blake2b.hex().substr(0, 8);
        posters.made.push_back(
            {i, work.key, fmt::format("posters/{}-{}.png", work.request->name, hash), work.expected});
        posters.table[work.request->record] = {posters.made.back().path, poster_size.width,
                                               poster_size.height, work.expected.size};
    }
    posters.drawn = posters.made.size() - posters.reused;
    return posters;
}

void stage_posters(const Posters& posters, PosterShop shop, OutputStage& stage, Diagnostics& diagnostics) {
    std::vector<const MadePoster*> wanted;
    for (const MadePoster& poster : posters.made) {
        if (!stage.keep(poster.path, poster.expected)) wanted.push_back(&poster);
    }
    for (const MadePoster* poster : wanted) {
        std::string png = shop.memo.cache().get("poster-bytes", poster->key).value_or("");
        if (png.empty()) {  // the cache lost it
            Work work = work_for(posters.requests[poster->request], posters.fonts, shop);
            draw({&work}, shop, diagnostics);
            png = shop.memo.cache().get("poster-bytes", poster->key).value_or("");
        }
        if (!png.empty()) stage.add(poster->path, png);
    }
}

}  // namespace qunying

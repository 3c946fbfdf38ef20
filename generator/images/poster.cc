#include "images/poster.h"

#include <bit>

#include "base/packed_bytes.h"

namespace qunying {
namespace {

constexpr std::string_view job_mark = "QYPOSTER", result_mark = "QYPOSTED";
constexpr int longest_poster = 4096;  // pixels of a side
constexpr std::uint64_t offset = 1 << 16;

class Packer : public BytePacker {
  public:
    using BytePacker::BytePacker;
    void length(int value) { number(static_cast<std::uint64_t>(value)); }
    void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
    void box(const PixelBox& box) {
        for (const int place : {box.left, box.top})
            number(static_cast<std::uint64_t>(place + static_cast<int>(offset)));
        length(box.width);
        length(box.height);
    }
    void treatment(const Treatment& treatment) {
        flag(treatment.focus.has_value());
        real(treatment.focus.value_or(Focus{}).x);
        real(treatment.focus.value_or(Focus{}).y);
        real(treatment.head);
        real(treatment.turn);
        flag(treatment.trim);
        flag(treatment.old_print);
        flag(treatment.portrait);
    }
};

class Unpacker : public ByteUnpacker {
  public:
    explicit Unpacker(std::string_view bytes) : ByteUnpacker(bytes, no_source) {}
    int length() { return static_cast<int>(number(longest_poster)); }
    std::uint32_t colour() { return static_cast<std::uint32_t>(number(0xffffff)); }
    double real() { return std::bit_cast<double>(number(~std::uint64_t{0})); }
    PixelBox box() {
        PixelBox box;
        box.left = static_cast<int>(number(2 * offset)) - static_cast<int>(offset);
        box.top = static_cast<int>(number(2 * offset)) - static_cast<int>(offset);
        box.width = length();
        box.height = length();
        return box;
    }
    Treatment treatment() {
        Treatment treatment;
        const bool stated = flag();
        Focus focus;
        focus.x = real();
        focus.y = real();
        if (stated) treatment.focus = focus;
        treatment.head = real();
        treatment.turn = real();
        treatment.trim = flag();
        treatment.old_print = flag();
        treatment.portrait = flag();
        return treatment;
    }
    PosterArea area() {
        const PixelBox where = box();
        return {where, colour()};
    }
    PosterPicture picture() {
        PosterPicture picture;
        picture.box = box();
        picture.bytes = std::string(text());
        picture.treatment = treatment();
        if (picture.box.width == 0 || picture.box.height == 0) fail();
        return picture;
    }
    PosterInk ink() {
        PosterInk ink;
        ink.box = box();
        ink.colour = colour();
        ink.coverage = std::string(text());
        const auto pixels =
            static_cast<std::size_t>(ink.box.width) * static_cast<std::size_t>(ink.box.height);
        if (ink.coverage.size() != pixels) fail();
        return ink;
    }
};

}  // namespace

Recipe poster_recipe(PixelSize box, const Treatment& treatment) {
    Recipe recipe;
    recipe.name = "poster";
    recipe.widths = {box.width};
    recipe.ratio_width = box.width;
    recipe.ratio_height = box.height;
    recipe.crop = Crop::portrait;
    recipe.sharpening = 25;
    return suited(recipe, treatment);
}

std::string encode_job(const PosterJob& job) {
    std::string out(job_mark);
    Packer packer(out);
    packer.length(job.width);
    packer.length(job.height);
    packer.number(job.paper);
    packer.number(job.areas.size());
    for (const PosterArea& area : job.areas) {
        packer.box(area.box);
        packer.number(area.colour);
    }
    packer.number(job.pictures.size());
    for (const PosterPicture& picture : job.pictures) {
        packer.box(picture.box);
        packer.text(picture.bytes);
        packer.treatment(picture.treatment);
    }
    packer.number(job.inks.size());
    for (const PosterInk& ink : job.inks) {
        packer.box(ink.box);
        packer.number(ink.colour);
        packer.text(ink.coverage);
    }
    packer.flag(job.scans == Scans::allowed);
    return out;
}

std::optional<PosterJob> decode_poster_job(std::string_view bytes) {
    if (!bytes.starts_with(job_mark)) return std::nullopt;
    Unpacker unpacker(bytes.substr(job_mark.size()));
    PosterJob job;
    job.width = unpacker.length();
    job.height = unpacker.length();
    job.paper = unpacker.colour();
    for (std::uint32_t left = unpacker.count(5); left > 0 && !unpacker.broken(); --left)
        job.areas.push_back(unpacker.area());
    for (std::uint32_t left = unpacker.count(13); left > 0 && !unpacker.broken(); --left)
        job.pictures.push_back(unpacker.picture());
    for (std::uint32_t left = unpacker.count(6); left > 0 && !unpacker.broken(); --left)
        job.inks.push_back(unpacker.ink());
    job.scans = unpacker.flag() ? Scans::allowed : Scans::refused;
    if (!unpacker.whole() || job.width == 0 || job.height == 0) return std::nullopt;
    return job;
}

std::string encode_result(const PosterResult& result) {
    std::string out(result_mark);
    Packer packer(out);
    packer.number(static_cast<std::uint64_t>(result.problem));
    packer.text(result.detail);
    packer.text(result.png);
    return out;
}

std::optional<PosterResult> decode_poster(std::string_view bytes) {
    if (!bytes.starts_with(result_mark)) return std::nullopt;
    Unpacker unpacker(bytes.substr(result_mark.size()));
    PosterResult result;
    result.problem = static_cast<PictureProblem>(unpacker.number(picture_problem_count - 1));
    result.detail = std::string(unpacker.text());
    result.png = std::string(unpacker.text());
    if (!unpacker.whole()) return std::nullopt;
    return result;
}

}  // namespace qunying

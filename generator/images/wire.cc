// The bytes that jobs and results travel in: little-endian fixed fields, texts and lists with their length in
// front.
//
//   job     "QYJ" version · scans · uses · bytes
//   use     treatment · recipes
//   treatment  focus stated, x, y · head · turn · trim · old print · portrait
//   recipe  name · widths · ratio width, height · crop · formats · three qualities · tone · three colours ·
//           sharpening · longest, least
//   result  "QYR" version · decoded · problem · detail · frames · source width, height · average colour ·
//   head · lists
//           of outputs
//   output  format · width · height · bytes
//   results "QYA" version · results, each with its length in front
//
// Both sides are one program, so an unknown version is an error and not a case to be kind to.
#include <bit>
#include <limits>

#include "images/derive.h"

namespace qunying {
namespace {

constexpr std::uint32_t job_version = 0x034a5951;     // "QYJ" 3
constexpr std::uint32_t result_version = 0x02525951;  // "QYR" 2
constexpr std::uint32_t answer_version = 0x01415951;  // "QYA" 1

class Writer {
  public:
    void number(std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i) out_ += static_cast<char>(value >> (8 * i) & 0xff);
    }
    void byte(std::uint8_t value) { number(value, 1); }
    void word(std::uint32_t value) { number(value, 4); }
    void integer(int value) { word(static_cast<std::uint32_t>(value)); }
    void real(double value) { number(std::bit_cast<std::uint64_t>(value), 8); }
    void text(std::string_view value) {
        length(value);
        out_ += value;
    }
    // Of a text that follows.
    void length(std::string_view value) { number(value.size(), 8); }
    void reserve(std::size_t size) { out_.reserve(size); }
    std::string finish() { return std::move(out_); }

  private:
    std::string out_;
};

// Once something does not fit, everything read after it is zero or empty and `good` stays false.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number(std::size_t size) {
        if (rest_.size() < size) return fail(), 0;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
        }
        rest_.remove_prefix(size);
        return value;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }
    std::uint32_t word() { return static_cast<std::uint32_t>(number(4)); }
    int integer() { return static_cast<int>(word()); }
    double real() { return std::bit_cast<double>(number(8)); }
    std::string_view text() {
        const std::uint64_t size = number(8);
        if (size > rest_.size()) return fail(), "";
        const std::string_view out = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(out.size());
        return out;
    }
    // How many items of at least `smallest` bytes follow.
    std::size_t count(std::size_t smallest) {
        const std::uint32_t items = word();
        if (items > rest_.size() / smallest) return fail(), 0;
        return items;
    }
    // A value of an enum with `count` values.
    template <class Enum>
    Enum choice(int count) {
        const std::uint8_t value = byte();
        if (value >= count) return fail(), Enum{};
        return static_cast<Enum>(value);
    }
    void fail() {
        good_ = false;
        rest_ = {};
    }
    bool finished() const { return good_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

constexpr int format_count = 3;

void write_recipe(Writer& writer, const Recipe& recipe) {
    writer.text(recipe.name);
    writer.word(static_cast<std::uint32_t>(recipe.widths.size()));
    for (const int width : recipe.widths) writer.integer(width);
    writer.integer(recipe.ratio_width);
    writer.integer(recipe.ratio_height);
    writer.byte(static_cast<std::uint8_t>(recipe.crop));
    writer.word(static_cast<std::uint32_t>(recipe.formats.size()));
    for (const PictureFormat format : recipe.formats) writer.byte(static_cast<std::uint8_t>(format));
    writer.integer(recipe.jpeg_quality);
    writer.integer(recipe.webp_quality);
    writer.integer(recipe.avif_quality);
    writer.byte(static_cast<std::uint8_t>(recipe.tone));
    writer.word(recipe.dark);
    writer.word(recipe.light);
    writer.word(recipe.background);
    writer.integer(recipe.sharpening);
    writer.integer(recipe.longest);
    writer.integer(recipe.least);
}

Recipe read_recipe(Reader& reader) {
    Recipe recipe;
    recipe.name = reader.text();
    recipe.widths.resize(reader.count(4));
    for (int& width : recipe.widths) width = reader.integer();
    recipe.ratio_width = reader.integer();
    recipe.ratio_height = reader.integer();
    recipe.crop = reader.choice<Crop>(crop_count);
    recipe.formats.resize(reader.count(1));
    for (PictureFormat& format : recipe.formats) format = reader.choice<PictureFormat>(format_count);
    recipe.jpeg_quality = reader.integer();
    recipe.webp_quality = reader.integer();
    recipe.avif_quality = reader.integer();
    recipe.tone = reader.choice<Tone>(tone_count);
    recipe.dark = reader.word();
    recipe.light = reader.word();
    recipe.background = reader.word();
    recipe.sharpening = reader.integer();
    recipe.longest = reader.integer();
    recipe.least = reader.integer();
    return recipe;
}

void write_focus(Writer& writer, Focus focus) {
    writer.real(focus.x);
    writer.real(focus.y);
}

Focus read_focus(Reader& reader) {
    const double x = reader.real();
    return {x, reader.real()};
}

void write_treatment(Writer& writer, const Treatment& treatment) {
    writer.byte(treatment.focus ? 1 : 0);
    write_focus(writer, treatment.focus.value_or(Focus{}));
    writer.real(treatment.head);
    writer.real(treatment.turn);
    writer.byte(treatment.trim ? 1 : 0);
    writer.byte(treatment.old_print ? 1 : 0);
    writer.byte(treatment.portrait ? 1 : 0);
}

Treatment read_treatment(Reader& reader) {
    Treatment treatment;
    const bool stated = reader.choice<std::uint8_t>(2) == 1;
    const Focus focus = read_focus(reader);
    if (stated) treatment.focus = focus;
    treatment.head = reader.real();
    treatment.turn = reader.real();
    treatment.trim = reader.choice<std::uint8_t>(2) == 1;
    treatment.old_print = reader.choice<std::uint8_t>(2) == 1;
    treatment.portrait = reader.choice<std::uint8_t>(2) == 1;
    return treatment;
}

void write_use(Writer& writer, const PictureUse& use) {
    write_treatment(writer, use.treatment);
    writer.word(static_cast<std::uint32_t>(use.recipes.size()));
    for (const Recipe& recipe : use.recipes) write_recipe(writer, recipe);
}

PictureUse read_use(Reader& reader) {
    constexpr std::size_t smallest_recipe = 8 + 4 + 4 + 4 + 1 + 4 + 12 + 1 + 12 + 12;
    PictureUse use;
    use.treatment = read_treatment(reader);
    use.recipes.resize(reader.count(smallest_recipe));
    for (Recipe& recipe : use.recipes) recipe = read_recipe(reader);
    return use;
}

void write_head(Writer& writer, const Head& head) {
    writer.byte(static_cast<std::uint8_t>(head.source));
    write_focus(writer, head.eyes);
    writer.real(head.height);
}

Head read_head(Reader& reader) {
    Head head;
    head.source = reader.choice<Head::Source>(head_source_count);
    head.eyes = read_focus(reader);
    head.height = reader.real();
    return head;
}

void write_output(Writer& writer, const PictureOutput& output) {
    writer.byte(static_cast<std::uint8_t>(output.format));
    writer.integer(output.width);
    writer.integer(output.height);
    writer.text(output.bytes);
}

PictureOutput read_output(Reader& reader) {
    PictureOutput output;
    output.format = reader.choice<PictureFormat>(format_count);
    output.width = reader.integer();
    output.height = reader.integer();
    output.bytes = reader.text();
    return output;
}

}  // namespace

std::string encode_job_before_bytes(const PictureJob& job) {
    Writer writer;
    writer.word(job_version);
    writer.byte(static_cast<std::uint8_t>(job.scans));
    writer.word(static_cast<std::uint32_t>(job.uses.size()));
    for (const PictureUse& use : job.uses) write_use(writer, use);
    writer.length(job.bytes);
    return writer.finish();
}

std::string encode_job(const PictureJob& job) { return encode_job_before_bytes(job).append(job.bytes); }

std::optional<PictureJob> decode_job(std::string_view bytes) {
    constexpr std::size_t smallest_use = 1 + 16 + 8 + 8 + 3 + 4;
    Reader reader(bytes);
    if (reader.word() != job_version) return std::nullopt;
    PictureJob job;
    job.scans = reader.choice<Scans>(2);
    job.uses.resize(reader.count(smallest_use));
    for (PictureUse& use : job.uses) use = read_use(reader);
    job.bytes = reader.text();
    if (!reader.finished()) return std::nullopt;
    return job;
}

std::string encode_result(const PictureResult& result) {
    Writer writer;
    writer.word(result_version);
    writer.byte(result.decoded ? 1 : 0);
    writer.byte(static_cast<std::uint8_t>(result.problem));
    writer.text(result.detail);
    writer.integer(result.frames);
    writer.integer(result.source_width);
    writer.integer(result.source_height);
    writer.word(result.average_rgb);
    write_head(writer, result.head);
    writer.word(static_cast<std::uint32_t>(result.outputs.size()));
    for (const auto& outputs : result.outputs) {
        writer.word(static_cast<std::uint32_t>(outputs.size()));
        for (const PictureOutput& output : outputs) write_output(writer, output);
    }
    return writer.finish();
}

std::optional<PictureResult> decode_result(std::string_view bytes) {
    constexpr std::size_t smallest_output = 1 + 4 + 4 + 8;
    Reader reader(bytes);
    if (reader.word() != result_version) return std::nullopt;
    PictureResult result;
    result.decoded = reader.choice<std::uint8_t>(2) == 1;
    result.problem = reader.choice<PictureProblem>(picture_problem_count);
    result.detail = reader.text();
    result.frames = reader.integer();
    result.source_width = reader.integer();
    result.source_height = reader.integer();
    result.average_rgb = reader.word();
    result.head = read_head(reader);
    result.outputs.resize(reader.count(4));
    for (auto& outputs : result.outputs) {
        outputs.resize(reader.count(smallest_output));
        for (PictureOutput& output : outputs) output = read_output(reader);
    }
    if (!reader.finished()) return std::nullopt;
    return result;
}

std::string encode_results(const std::vector<PictureResult>& results) {
    Writer writer;
    writer.word(answer_version);
    writer.word(static_cast<std::uint32_t>(results.size()));
    for (const PictureResult& result : results) writer.text(encode_result(result));
    return writer.finish();
}

std::optional<std::vector<PictureResult>> decode_results(std::string_view bytes) {
    Reader reader(bytes);
    if (reader.word() != answer_version) return std::nullopt;
    std::vector<PictureResult> results(reader.count(8));
    for (PictureResult& each : results) {
        auto result = decode_result(reader.text());
        if (!result) return std::nullopt;
        each = std::move(*result);
    }
    if (!reader.finished()) return std::nullopt;
    return results;
}

}  // namespace qunying

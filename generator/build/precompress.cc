#include "build/precompress.h"

#include <algorithm>
#include <array>
#include <brotli/encode.h>
#include <fmt/format.h>
#define ZLIB_CONST  // what is pressed is only read
#include <zlib.h>

#include "base/digest.h"
#include "base/failure.h"
#include "base/packed_bytes.h"

namespace qunying {
namespace {

constexpr std::uint64_t least = 1024;  // bytes; below that a packet is a packet
constexpr std::string_view step = "precompress";
constexpr std::array<const char*, 2> ends = {".gz", ".br"};

}  // namespace

// Empty where pressing does not pay.
struct PrecompressingStage::Forms {
    std::array<std::string, 2> bytes;  // as `ends`

    std::string pack() const {
        std::string packed;
        for (const std::string& form : bytes) BytePacker(packed).text(form);
        return packed;
    }
};

std::string precompression() {
    return fmt::format("gzip 9 (zlib {}), brotli 11 ({})", zlibVersion(), BrotliEncoderVersion());
}

bool is_precompressed(std::string_view path, std::uint64_t size) {
    constexpr std::array<std::string_view, 9> texts = {".html", ".css", ".js",  ".json", ".xml",
                                                       ".svg",  ".txt", ".csv", ".vtt"};
    return size >= least &&
           std::any_of(texts.begin(), texts.end(), [&](std::string_view end) { return path.ends_with(end); });
}

// zlib writes no time into the header unless it is told one.
std::string gzip_of(std::string_view bytes) {
    constexpr int gzip_with_largest_window = 15 + 16, most_memory = 9;
    z_stream stream{};
    QY_CHECK(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_with_largest_window, most_memory,
                          Z_DEFAULT_STRATEGY) == Z_OK);
    std::string pressed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(pressed.data());
    stream.avail_out = static_cast<uInt>(pressed.size());
    const int end = deflate(&stream, Z_FINISH);
    pressed.resize(stream.total_out);
    deflateEnd(&stream);
    QY_CHECK(end == Z_STREAM_END);
    return pressed;
}

std::string brotli_of(std::string_view bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string pressed(size, '\0');
    QY_CHECK(BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, bytes.size(),
                                   reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                   reinterpret_cast<std::uint8_t*>(pressed.data())) == BROTLI_TRUE);
    pressed.resize(size);
    return pressed;
}

PrecompressingStage::PrecompressingStage(OutputStage& inner, BlobCache& cache)
    : inner_(inner), cache_(cache), way_(precompression()) {}

OutputFile PrecompressingStage::add(const std::string& path, std::string_view bytes) {
    const OutputFile file = inner_.add(path, bytes);
    if (!is_precompressed(path, file.size)) return file;
    std::optional<Forms> forms = remembered(file.blake2b);
    if (!forms) {
        forms.emplace(Forms{{gzip_of(bytes), brotli_of(bytes)}});
        for (std::string& form : forms->bytes) {
            if (form.size() >= bytes.size()) form.clear();
        }
        cache_.put(step, key_of(file.blake2b), forms->pack());
    }
    add_forms(path, *forms);
    return file;
}

// False, so that the file is made anew, where its forms are neither there nor remembered.
bool PrecompressingStage::keep(const std::string& path, const OutputFile& expected) {
    if (!is_precompressed(path, expected.size)) return inner_.keep(path, expected);
    if (const Release* before = previous();
        before && before->whole && before->manifest.fact(precompression_fact) == way_)
        return keep_with_forms_before(path, expected);
    const std::optional<Forms> forms = remembered(expected.blake2b);
    if (!forms || !inner_.keep(path, expected)) return false;
    add_forms(path, *forms);
    return true;
}

// A release that is whole has the forms that its files were given.
bool PrecompressingStage::keep_with_forms_before(const std::string& path, const OutputFile& expected) {
    if (!inner_.keep(path, expected)) return false;
    for (const char* end : ends) {
        const std::string form = path + end;
        if (const OutputFile* file = previous()->manifest.files.find(form))
            QY_CHECK(inner_.keep(form, *file));
    }
    return true;
}

void PrecompressingStage::add_forms(const std::string& path, const Forms& forms) {
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (!forms.bytes[i].empty()) inner_.add(path + ends[i], forms.bytes[i]);
    }
}

Digest PrecompressingStage::key_of(const Blake2b& content) const {
    return DigestBuilder().add(way_).add(content.raw()).finish();
}

std::optional<PrecompressingStage::Forms> PrecompressingStage::remembered(const Blake2b& content) const {
    const auto packed = cache_.get(step, key_of(content));
    if (!packed) return std::nullopt;
    ByteUnpacker unpacker(*packed, no_source);
    Forms forms;
    for (std::string& form : forms.bytes) form = unpacker.text();
    return unpacker.whole() ? std::optional(std::move(forms)) : std::nullopt;
}

}  // namespace qunying

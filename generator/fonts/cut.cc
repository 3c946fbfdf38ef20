#include "fonts/cut.h"

#include <array>
#include <cstring>
#include <dlfcn.h>
#include <hb-subset.h>
#include <woff2/encode.h>

namespace qunying {
namespace {

struct BlobDeleter {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
};
struct FaceDeleter {
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
};
struct InputDeleter {
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
};
using Blob = std::unique_ptr<hb_blob_t, BlobDeleter>;

std::string_view bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob, &size);
    return {data, size};
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    return value;
}

// The table directory of one font of a file: tag, checksum, place and length of each table (OpenType,
// “Organization of an OpenType Font”).
std::string_view table_directory(std::string_view file, std::uint32_t index) {
    constexpr std::size_t head = 12, entry = 16;
    std::size_t at = 0;
    if (file.starts_with("ttcf")) at = number_at(file, head + 4 * std::size_t{index}, 4);
    const std::size_t size = head + entry * number_at(file, at + 4, 2);
    return at < file.size() ? file.substr(at, size) : std::string_view();
}

// Names of the font, its makers and its licence stay; what a page's headings and single characters never use
// goes: hints, alternatives, kerning, everything vertical.
void choose_tables(hb_subset_input_t* input) {
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t* dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const char* tag : {"GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"})
        hb_set_add(dropped, hb_tag_from_string(tag, 4));
    constexpr hb_codepoint_t licence = 13, licence_address = 14;
    hb_set_t* names = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);
    hb_set_add(names, licence);
    hb_set_add(names, licence_address);
}

std::string pressed(std::string_view font, int quality) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(font.data());
    std::size_t size = woff2::MaxWOFF2CompressedSize(data, font.size());
    std::string out(size, '\0');
    woff2::WOFF2Params parameters;
    parameters.brotli_quality = quality;
    if (!woff2::ConvertTTFToWOFF2(data, font.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size,
                                  parameters))
        return {};
    out.resize(size);
    return out;
}

void add_library_of(const void* symbol, std::vector<std::string>& paths) {
    Dl_info info{};
    if (symbol && dladdr(symbol, &info) != 0 && info.dli_fname) paths.emplace_back(info.dli_fname);
}

}  // namespace

struct OpenFont::Face {
    Blob file;
    std::unique_ptr<hb_face_t, FaceDeleter> face;
    std::uint32_t index = 0;
};

OpenFont::OpenFont(std::unique_ptr<Face> face) : face_(std::move(face)) {}
OpenFont::OpenFont(OpenFont&&) noexcept = default;
OpenFont::~OpenFont() = default;

std::optional<OpenFont> OpenFont::open(const FontFile& file) {
    auto opened = std::make_unique<Face>();
    opened->file.reset(hb_blob_create_from_file_or_fail(file.path.c_str()));
    if (!opened->file || file.index >= hb_face_count(opened->file.get())) return std::nullopt;
    opened->face.reset(hb_face_create(opened->file.get(), file.index));
    opened->index = file.index;
    if (hb_face_get_glyph_count(opened->face.get()) == 0) return std::nullopt;
    return OpenFont(std::move(opened));
}

Digest OpenFont::tables() const {
    const std::string_view file = bytes_of(face_->file.get());
    DigestBuilder builder;
    builder.add(table_directory(file, face_->index)).add(std::uint64_t{file.size()});
    return builder.finish();
}

std::string OpenFont::cut(std::u32string_view characters, int quality) const {
    const std::unique_ptr<hb_subset_input_t, InputDeleter> input(hb_subset_input_create_or_fail());
    if (!input) return {};
    choose_tables(input.get());
    hb_set_t* unicodes = hb_subset_input_unicode_set(input.get());
    for (const char32_t c : characters) hb_set_add(unicodes, c);
    const std::unique_ptr<hb_face_t, FaceDeleter> cut(hb_subset_or_fail(face_->face.get(), input.get()));
    if (!cut) return {};
    const Blob blob(hb_face_reference_blob(cut.get()));
    return pressed(bytes_of(blob.get()), quality);
}

std::string cutting_engine() { return std::string("harfbuzz ") + hb_version_string(); }

void add_cutting_libraries(std::vector<std::string>& paths) {
    add_library_of(reinterpret_cast<const void*>(&hb_subset_or_fail), paths);
    add_library_of(reinterpret_cast<const void*>(&hb_version_string), paths);
    std::size_t (*woff2_symbol)(const std::uint8_t*, std::size_t) = woff2::MaxWOFF2CompressedSize;
    add_library_of(reinterpret_cast<const void*>(woff2_symbol), paths);
    add_library_of(dlsym(RTLD_DEFAULT, "BrotliEncoderCompress"), paths);
}

}  // namespace qunying

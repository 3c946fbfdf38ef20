// Names the code that makes the bytes. A codec that is updated may write other bytes, so its build id is part
// of every cache key: an update of the system then remakes the pictures, and an incremental build still
// equals a clean one.
#include <algorithm>
#include <array>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <filesystem>
#include <fmt/format.h>
#include <link.h>
#include <string>
#include <vector>
#include <vips/version.h>

#include "images/derive.h"

namespace qunying {
namespace {

// Raised with every change of ours that changes the bytes made.
constexpr int pipeline_version = 4;

// What looks for faces decides where portraits are cut.
#ifdef QUNYING_FACE_FINDER
constexpr std::string_view face_finder = QUNYING_FACE_FINDER;
#else
constexpr std::string_view face_finder = "none";
#endif

// Libraries that come with libvips.
constexpr auto codecs =
    std::to_array<std::string_view>({"libvips.so", "libjpeg.so", "libpng", "libwebp.so", "liblcms2.so"});
// Libraries that libvips loads only when it meets their format; they lie beside it.
constexpr auto late_codecs =
    std::to_array<std::string_view>({"libheif.so.1", "libaom.so.3", "libde265.so.0", "libdav1d.so.6"});

struct Loaded {
    std::vector<std::string> named;
    std::filesystem::path vips_folder;
};

// The build id among the notes of one segment, in hex.
std::string build_id(const char* notes, std::size_t size) {
    std::size_t at = 0;
    while (at + sizeof(ElfW(Nhdr)) <= size) {
        ElfW(Nhdr) note;
        std::memcpy(&note, notes + at, sizeof note);
        const std::size_t name = at + sizeof note;
        const std::size_t content = name + (note.n_namesz + 3U) / 4 * 4;
        if (note.n_type == NT_GNU_BUILD_ID && content + note.n_descsz <= size) {
            std::string hex;
            for (std::size_t i = 0; i < note.n_descsz; ++i) {
                hex += fmt::format("{:02x}", static_cast<unsigned char>(notes[content + i]));
            }
            return hex;
        }
        at = content + (note.n_descsz + 3U) / 4 * 4;
    }
    return "";
}

int note_library(dl_phdr_info* library, std::size_t, void* target) {
    auto& loaded = *static_cast<Loaded*>(target);
    const std::filesystem::path path = library->dlpi_name;
    const std::string name = path.filename().string();
    const auto is = [&](std::string_view codec) { return name.compare(0, codec.size(), codec) == 0; };
    if (std::none_of(codecs.begin(), codecs.end(), is)) return 0;
    if (is("libvips.so")) loaded.vips_folder = path.parent_path();
    for (int i = 0; i < library->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = library->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        const auto* notes = reinterpret_cast<const char*>(library->dlpi_addr + segment.p_vaddr);
        const std::string id = build_id(notes, segment.p_memsz);
        if (!id.empty()) loaded.named.push_back(name + " " + id);
    }
    return 0;
}

// Of a library that is not loaded yet: its full version and its size.
std::string describe_file(const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    if (error) return path.filename().string() + " -";
    const auto size = std::filesystem::file_size(real, error);
    return fmt::format("{} {}", real.filename().string(), error ? 0 : size);
}

// As the loader of the picture worker finds it: by the name that the worker was linked with.
void* load_libvips() {
    const std::string name = fmt::format("libvips.so.{}", VIPS_LIBRARY_CURRENT - VIPS_LIBRARY_AGE);
    return dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
}

std::string describe_libvips() {
    void* libvips = load_libvips();
    if (libvips == nullptr) return "libvips missing";
    const auto version = reinterpret_cast<int (*)(int)>(dlsym(libvips, "vips_version"));
    if (version == nullptr) return "libvips unknown";
    return fmt::format("libvips {}.{}.{}", version(0), version(1), version(2));
}

std::string describe_everything() {
    std::string out =
        fmt::format("pictures {}, faces {}, {}", pipeline_version, face_finder, describe_libvips());
    Loaded loaded;
    dl_iterate_phdr(note_library, &loaded);
    for (const std::string_view late : late_codecs)
        loaded.named.push_back(describe_file(loaded.vips_folder / late));
    std::sort(loaded.named.begin(), loaded.named.end());
    for (const std::string& each : loaded.named) out += ", " + each;
    return out;
}

}  // namespace

std::string_view encoder_version() {
    static const std::string version = describe_everything();
    return version;
}

}  // namespace qunying

#pragma once
// Everything an author wrote, read from the disk once: texts whole, photographs and the like only as a list.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "base/source.h"
#include "system/disk.h"

namespace qunying {

// A file that is no text: read through the disk when it is needed.
struct MediaFile {
    std::string path;  // relative to the site, as in SourceFile
    std::uint64_t size = 0;
    std::int64_t mtime_ns = 0;
};

struct SourceTree {
    // Texts first, in byte order of their paths; behind them, without text, files that are only named by
    // diagnostics.
    Sources sources;
    std::vector<SourceId> texts;   // what to parse, in byte order of the paths; ids are 0, 1, 2…
    std::vector<Digest> digests;   // of the bytes of each of `texts`
    std::vector<MediaFile> media;  // in byte order of the paths

    std::span<const MediaFile> media_in(std::string_view folder) const;  // of a folder and the folders in it
    // Null where there is none.
    const SourceFile* find_text(std::string_view path) const;
    const MediaFile* find_media(std::string_view path) const;
    // Of all paths, all texts, and size and time of all media: the same digest, nothing changed.
    Digest digest() const;
};

struct SourceTreeOptions {
    unsigned threads = 1;
    std::uint64_t longest_text = 4 * 1024 * 1024;  // bytes
    unsigned deepest_folder = 32;
};

// Reads `folders` ("content", "themes/hall", "assets"); one that is missing is empty. Links, devices, names
// that differ only by case or composition, names that are no UTF-8, and over-long texts are diagnosed and
// left out; hidden files and the clutter of file managers are skipped. Invalid UTF-8 inside a text is left to
// the parsers.
SourceTree read_source_tree(Disk& disk, const std::vector<std::string>& folders, Diagnostics& diagnostics,
                            const SourceTreeOptions& options = {});

// Whether a file of that name is read as text: .md .yaml .yml .html .css .js .vtt .txt .svg .json .xml.
bool is_text_name(std::string_view name);
// Hidden files and what file managers and editors leave behind: .DS_Store, Thumbs.db, desktop.ini, ~$x, x~.
bool is_clutter(std::string_view name);

// Equal for two names that some file systems take for the same: ASCII case folded, and letters with marks
// taken apart (Latin letters of pinyin and of Western languages, and kana).
std::string folded_name(std::string_view name);

}  // namespace qunying

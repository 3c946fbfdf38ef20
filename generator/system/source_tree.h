#pragma once
// Everything an author wrote, as it lies on the disk: found first, read when somebody needs it.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "base/source.h"
#include "system/disk.h"
#include "system/file_index.h"

namespace qunying {

// A file that is no text: read through the disk when it is needed.
struct MediaFile {
    std::string path;  // relative to the site, as in SourceFile
    FileStatus status;
};

struct SourceTree {
    // Texts first, in byte order of their paths; behind them, without text, files that are only named by
    // diagnostics.
    Sources sources;
    std::vector<SourceId> texts;       // what to parse, in byte order of the paths; ids are 0, 1, 2…
    std::vector<FileStatus> statuses;  // of each of `texts`
    std::vector<std::optional<Digest>> digests;  // of the bytes of each of `texts`, as far as they are known
    std::vector<MediaFile> media;                // in byte order of the paths

    std::span<const MediaFile> media_in(std::string_view folder) const;  // of a folder and the folders in it
    // Null where there is none.
    const SourceFile* find_text(std::string_view path) const;
    const MediaFile* find_media(std::string_view path) const;
    // Index in `texts`; the file must be one of them.
    std::size_t text_index(SourceId id) const { return static_cast<std::size_t>(id); }
};

struct SourceTreeOptions {
    unsigned threads = 1;
    std::uint64_t longest_text = 4 * 1024 * 1024;  // bytes
    unsigned deepest_folder = 32;
    const FileIndex* known = nullptr;  // digests of files that did not change
};

// Finds what is in `folders` ("content", "themes/hall", "assets"); one that is missing is empty. Links,
// devices, names that differ only by case or composition, names that are no UTF-8, and over-long texts are
// diagnosed and left out; hidden files and the clutter of file managers are skipped. No text is read yet.
SourceTree find_sources(Disk& disk, const std::vector<std::string>& folders, Diagnostics& diagnostics,
                        const SourceTreeOptions& options = {});

// The bytes of a text, as read_texts reads them, for a task of its own that keeps nothing.
std::string read_text(Disk& disk, const SourceTree& tree, SourceId id, const SourceTreeOptions& options = {});

// Reads those of `ids` that are not loaded, with their digests. A text that is no longer what its digest says
// was changed while the program ran: a Failure, for nothing that was found so far fits it.
void read_texts(Disk& disk, SourceTree& tree, std::span<const SourceId> ids,
                const SourceTreeOptions& options = {});

// Finds everything and reads every text.
SourceTree read_source_tree(Disk& disk, const std::vector<std::string>& folders, Diagnostics& diagnostics,
                            const SourceTreeOptions& options = {});

inline constexpr const char* changed_while_reading = "read a file that is being changed";

// Whether a file of that name is read as text: .md .yaml .yml .html .css .js .vtt .srt .txt .svg .json .xml.
bool is_text_name(std::string_view name);
// Hidden files and what file managers and editors leave behind: .DS_Store, Thumbs.db, desktop.ini, ~$x, x~.
bool is_clutter(std::string_view name);

// Equal for two names that some file systems take for the same: ASCII case folded, and letters with marks
// taken apart (Latin letters of pinyin and of Western languages, and kana).
std::string folded_name(std::string_view name);

}  // namespace qunying

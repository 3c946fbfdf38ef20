#include "system/source_tree.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/text.h"

namespace qunying {
namespace {

struct FoundText {
    std::string path;
    FileStatus status;
};

// A finding whose file is no text that anyone parses: it becomes a source without text, to be pointed at.
struct Finding {
    DiagnosticKind kind;
    std::string path;
    std::vector<std::string> words;
};

// Bytes of a name that are no UTF-8 become U+FFFD, so that the name can be shown.
std::string shown(std::string_view name) { return to_utf8(to_utf32(name)); }

bool may_stand_in_a_name(char32_t point) {
    return point >= 0x20 && point != 0x7f && point != 0xfffd && !is_bidi_control(point);
}

bool is_good_name(std::string_view name) {
    if (find_invalid_utf8(name)) return false;
    if (is_ascii(name))
        return std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c != 0x7f; });
    const std::u32string points = to_utf32(name);
    return std::all_of(points.begin(), points.end(), may_stand_in_a_name);
}

// False for names of lower-case ASCII letters and Chinese characters alone.
bool may_fold(std::string_view name) {
    return std::any_of(name.begin(), name.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 'A' && byte <= 'Z') || (byte >= 0xc3 && byte <= 0xe3);
    });
}

bool is_among(const std::vector<FolderEntry>& entries, const std::string& name) {
    const auto found = std::lower_bound(
        entries.begin(), entries.end(), name,
        [](const FolderEntry& each, const std::string& wanted) { return each.name < wanted; });
    return found != entries.end() && found->name == name;
}

// Walks the folders and sorts what is there into texts, media and findings.
class Walk {
  public:
    Walk(Disk& disk, const SourceTreeOptions& options) : disk_(disk), options_(options) {}

    void start(const std::string& path) {
        const auto status = disk_.status(path);
        if (status) entry(path, split_path(path).name, *status, 1);
    }

    std::vector<FoundText> texts;
    std::vector<MediaFile> media;
    std::vector<Finding> findings;

  private:
    void folder(const std::string& path, unsigned depth) {
        if (depth > options_.deepest_folder) {
            return find(DiagnosticKind::folder_too_deep, path, {std::to_string(options_.deepest_folder)});
        }
        std::vector<FolderEntry> entries = disk_.list_folder(path);
        std::erase_if(entries, [](const FolderEntry& each) { return is_clutter(each.name); });
        std::sort(entries.begin(), entries.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        find_collisions(path, entries);
        for (const FolderEntry& each : entries)
            entry(join_path(path, each.name), each.name, each.status, depth + 1);
    }

    void entry(const std::string& path, const std::string& name, const FileStatus& status, unsigned depth) {
        if (!is_good_name(name)) return find(DiagnosticKind::bad_file_name, path, {shown(name)});
        switch (status.kind) {
            case FileKind::folder:
                return folder(path, depth);
            case FileKind::symlink:
                return find(DiagnosticKind::symbolic_link, path, {path});
            case FileKind::other:
                return find(DiagnosticKind::special_file, path, {path});
            case FileKind::file:
                break;
        }
        if (!is_text_name(name)) {
            media.push_back({path, status});
        } else if (status.size > options_.longest_text) {
            find(DiagnosticKind::text_file_too_long, path,
                 {mebibytes(status.size), mebibytes(options_.longest_text)});
        } else {
            texts.push_back({path, status});
        }
    }

    // Names that fold to themselves differ from each other; only the others are looked at. `entries` are
    // sorted.
    void find_collisions(const std::string& path, const std::vector<FolderEntry>& entries) {
        std::map<std::string, std::string_view> seen;
        for (const FolderEntry& each : entries) {
            if (!may_fold(each.name)) continue;
            const std::string folded = folded_name(each.name);
            if (folded == each.name) continue;
            const auto [first, fresh] = seen.emplace(folded, each.name);
            const std::string_view other =
                is_among(entries, folded) ? std::string_view(folded) : first->second;
            if (fresh && other == each.name) continue;
            find(DiagnosticKind::file_name_collision, join_path(path, each.name),
                 {shown(each.name), shown(other)});
        }
    }

    void find(DiagnosticKind kind, const std::string& path, std::vector<std::string> words) {
        findings.push_back({kind, shown(path), std::move(words)});
    }

    static std::string mebibytes(std::uint64_t bytes) {
        return fmt::format("{:.3g}", static_cast<double>(bytes) / (1024 * 1024));
    }

    Disk& disk_;
    const SourceTreeOptions& options_;
};

void report(std::vector<Finding>& findings, SourceTree& tree, Diagnostics& diagnostics) {
    std::map<std::string, SourceId> named;
    for (Finding& each : findings) {
        const SourceFile* text = tree.find_text(each.path);
        auto known = named.find(each.path);
        if (known == named.end()) {
            const SourceId id = text != nullptr ? text->id : tree.sources.add(each.path, "");
            known = named.emplace(each.path, id).first;
        }
        diagnostics.report(each.kind, {known->second, 0, 0}, std::move(each.words));
    }
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}

}  // namespace

SourceTree find_sources(Disk& disk, const std::vector<std::string>& folders, Diagnostics& diagnostics,
                        const SourceTreeOptions& options) {
    Walk walk(disk, options);
    for (const std::string& folder : folders) walk.start(folder);
    const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
    // Folder by folder they come in this order already, unless one name begins with another.
    const auto sort = [&](auto& found) {
        if (!std::is_sorted(found.begin(), found.end(), by_path))
            std::sort(found.begin(), found.end(), by_path);
    };
    sort(walk.texts);
    sort(walk.media);
    SourceTree tree;
    tree.media = std::move(walk.media);
    for (FoundText& found : walk.texts) {
        tree.digests.push_back(options.known ? options.known->digest(found.path, found.status)
                                             : std::nullopt);
        tree.statuses.push_back(found.status);
        tree.texts.push_back(tree.sources.add_unread(std::move(found.path)));
    }
    report(walk.findings, tree, diagnostics);
    return tree;
}

std::string read_text(Disk& disk, const SourceTree& tree, SourceId id, const SourceTreeOptions& options) {
    return disk.read_file(tree.sources[id].path, options.longest_text);
}

void read_texts(Disk& disk, SourceTree& tree, std::span<const SourceId> ids,
                const SourceTreeOptions& options) {
    struct Read {
        std::string text;
        Digest digest;
    };
    std::vector<SourceId> wanted;
    for (const SourceId id : ids) {
        if (!tree.sources[id].loaded) wanted.push_back(id);
    }
    auto read = parallel_map(options.threads, wanted.size(), [&](std::size_t i) {
        Read result{read_text(disk, tree, wanted[i], options), {}};
        result.digest = digest_of(result.text);
        return result;
    });
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::optional<Digest>& digest = tree.digests[tree.text_index(wanted[i])];
        if (digest && *digest != read[i].digest) {
            throw Failure(changed_while_reading, tree.sources[wanted[i]].path,
                          std::make_error_code(std::errc::resource_unavailable_try_again));
        }
        digest = read[i].digest;
        tree.sources.set_text(wanted[i], std::move(read[i].text));
    }
}

SourceTree read_source_tree(Disk& disk, const std::vector<std::string>& folders, Diagnostics& diagnostics,
                            const SourceTreeOptions& options) {
    SourceTree tree = find_sources(disk, folders, diagnostics, options);
    read_texts(disk, tree, tree.texts, options);
    return tree;
}

const SourceFile* SourceTree::find_text(std::string_view path) const {
    const auto found =
        std::lower_bound(texts.begin(), texts.end(), path,
                         [&](SourceId id, std::string_view wanted) { return sources[id].path < wanted; });
    return found != texts.end() && sources[*found].path == path ? &sources[*found] : nullptr;
}

const MediaFile* SourceTree::find_media(std::string_view path) const {
    const auto found =
        std::lower_bound(media.begin(), media.end(), path,
                         [](const MediaFile& file, std::string_view wanted) { return file.path < wanted; });
    return found != media.end() && found->path == path ? &*found : nullptr;
}

std::span<const MediaFile> SourceTree::media_in(std::string_view folder) const {
    const std::string prefix = std::string(folder) + "/";
    const auto before = [](const MediaFile& file, std::string_view wanted) { return file.path < wanted; };
    const auto begin = std::lower_bound(media.begin(), media.end(), prefix, before);
    const auto end = std::find_if_not(begin, media.end(),
                                      [&](const MediaFile& file) { return file.path.starts_with(prefix); });
    return {begin, end};
}

bool is_text_name(std::string_view name) {
    return ends_with_any(ascii_lower(name), {".md", ".yaml", ".yml", ".html", ".css", ".js", ".vtt", ".srt",
                                             ".txt", ".svg", ".json", ".xml"});
}

bool is_clutter(std::string_view name) {
    if (name.empty() || name.front() == '.' || name.back() == '~' || name.starts_with("~$")) return true;
    const std::string lower = ascii_lower(name);
    return lower == "thumbs.db" || lower == "desktop.ini" || lower == "ehthumbs.db";
}

}  // namespace qunying

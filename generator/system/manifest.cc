#include "system/manifest.h"

#include <algorithm>

#include "base/json.h"
#include "system/source_tree.h"

namespace qunying {
namespace {

constexpr std::int64_t manifest_format = 1;
constexpr std::uint64_t longest_manifest = std::uint64_t{256} * 1024 * 1024;  // a million files
constexpr std::string_view files_key = "files";
constexpr std::string_view format_key = "format";

std::string quoted(std::string_view text) {
    std::string json = JsonWriter(JsonWriter::Layout::compact).text(text).finish();
    json.pop_back();  // the newline
    return json;
}

bool is_hex_digest(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<OutputFile> file_of(const JsonValue& value) {
    const JsonValue* size = value.find("size");
    const JsonValue* digest = value.find("blake2b");
    if (size == nullptr || size->type != JsonValue::Type::integer || size->integer < 0) return std::nullopt;
    if (digest == nullptr || digest->type != JsonValue::Type::text || !is_hex_digest(digest->text))
        return std::nullopt;
    return OutputFile{digest->text, static_cast<std::uint64_t>(size->integer)};
}

bool read_files(const JsonValue& value, OutputTree& files) {
    if (value.type != JsonValue::Type::object) return false;
    for (const auto& [path, entry] : value.members) {
        const auto file = file_of(entry);
        if (!file || !is_output_path(path)) return false;
        files.emplace_hint(files.end(), path, *file);
    }
    return true;
}

// What begins with a dot is nobody's page: clutter, or the stage of a build in place.
bool counts_as_stranger(const std::string& path) { return !is_clutter(split_path(path).name); }

class Inspection {
  public:
    Inspection(Disk& disk, const std::string& folder, ReleaseState& state, std::int64_t newest)
        : disk_(disk), folder_(folder), state_(state), newest_(newest) {}

    void folder(const std::string& inner) {
        for (const FolderEntry& entry : disk_.list_folder(join_path(folder_, inner))) {
            const std::string path = join_path(inner, entry.name);
            if (path == manifest_name || path == incomplete_name || belongs_to_medium(path)) continue;
            if (entry.status.kind == FileKind::folder && !is_clutter(entry.name)) {
                folder(path);
            } else {
                file(path, entry.status);
            }
        }
    }

  private:
    void file(const std::string& path, const FileStatus& status) {
        const auto listed = state_.manifest.files.find(path);
        if (listed == state_.manifest.files.end()) {
            if (counts_as_stranger(path)) state_.strangers.push_back(path);
        } else if (status.kind == FileKind::file && status.size == listed->second.size &&
                   status.mtime_ns <= newest_) {
            state_.intact.insert(*listed);
        }
    }

    Disk& disk_;
    const std::string& folder_;
    ReleaseState& state_;
    std::int64_t newest_;
};

}  // namespace

std::string_view Manifest::fact(std::string_view name) const {
    for (const auto& [key, value] : facts) {
        if (key == name) return value;
    }
    return {};
}

// One file a line, so that two releases can be compared with diff.
std::string write_manifest(const Manifest& manifest) {
    std::string out = "{\n  \"format\": " + std::to_string(manifest_format) + ",\n";
    for (const auto& [key, value] : manifest.facts) out += "  " + quoted(key) + ": " + quoted(value) + ",\n";
    out += "  \"files\": {";
    const char* separator = "\n";
    for (const auto& [path, file] : manifest.files) {
        out.append(separator).append("    \"").append(path).append("\": {\"size\": ");
        out.append(std::to_string(file.size)).append(", \"blake2b\": \"").append(file.blake2b).append("\"}");
        separator = ",\n";
    }
    return out += "\n  }\n}\n";
}

std::optional<Manifest> parse_manifest(std::string_view text) {
    const auto json = read_json(text);
    if (!json || json->type != JsonValue::Type::object) return std::nullopt;
    const JsonValue* format = json->find(format_key);
    const JsonValue* files = json->find(files_key);
    if (format == nullptr || format->integer != manifest_format || files == nullptr) return std::nullopt;
    Manifest manifest;
    for (const auto& [key, value] : json->members) {
        if (value.type == JsonValue::Type::text) manifest.facts.emplace_back(key, value.text);
    }
    if (!read_files(*files, manifest.files)) return std::nullopt;
    return manifest;
}

std::optional<Manifest> read_manifest(Disk& disk, const std::string& folder) {
    const auto text = disk.read_if_there(join_path(folder, manifest_name), longest_manifest);
    return text ? parse_manifest(*text) : std::nullopt;
}

bool is_output_path(std::string_view path) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-/";
    if (path.empty() || path == manifest_name || path.size() > 1000) return false;
    if (path.find_first_not_of(allowed) != std::string_view::npos) return false;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end == begin || end - begin > 200 || path[begin] == '.') return false;
        begin = end + 1;
    }
    return true;
}

bool belongs_to_medium(std::string_view name) {
    return name == "lost+found" || name == "System Volume Information" || name == "$RECYCLE.BIN";
}

std::optional<ReleaseState> read_release(Disk& disk, const std::string& folder) {
    auto manifest = read_manifest(disk, folder);
    const auto written = disk.status(join_path(folder, manifest_name));
    if (!manifest || !written) return std::nullopt;
    ReleaseState state;
    state.manifest = std::move(*manifest);
    const bool complete = !disk.status(join_path(folder, incomplete_name));
    Inspection(disk, folder, state, written->mtime_ns).folder("");
    if (!complete) state.intact.clear();
    std::sort(state.strangers.begin(), state.strangers.end());
    state.whole = complete && state.strangers.empty() && state.intact.size() == state.manifest.files.size();
    return state;
}

}  // namespace qunying

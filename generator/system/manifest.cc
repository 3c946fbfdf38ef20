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

std::optional<OutputFile> file_of(const JsonValue& value) {
    const JsonValue* size = value.find("size");
    const JsonValue* digest = value.find("blake2b");
    if (size == nullptr || size->type != JsonValue::Type::integer || size->integer < 0) return std::nullopt;
    if (digest == nullptr || digest->type != JsonValue::Type::text) return std::nullopt;
    const auto blake2b = blake2b_from_hex(digest->text);
    if (!blake2b) return std::nullopt;
    return OutputFile{*blake2b, static_cast<std::uint64_t>(size->integer)};
}

std::optional<OutputTree> files_of(const JsonValue& value) {
    if (value.type != JsonValue::Type::object) return std::nullopt;
    std::map<std::string, OutputFile, std::less<>> files;
    for (const auto& [path, entry] : value.members) {
        const auto file = file_of(entry);
        if (!file || !is_output_path(path)) return std::nullopt;
        files.emplace_hint(files.end(), path, *file);
    }
    return OutputTree(files);
}

// How write_manifest spells it, piece by piece.
constexpr std::string_view manifest_begin = "{\n  \"format\": 1,\n";
constexpr std::string_view files_begin = "  \"files\": {";
constexpr std::string_view fact_begin = "  \"", between_fact = "\": \"", fact_end = "\",\n";
constexpr std::string_view file_begin = "\n    \"",
                           before_size = "\": {\"size\": ", before_digest = ", \"blake2b\": \"",
                           file_end = "\"}";
constexpr std::string_view manifest_end = "\n  }\n}\n";
constexpr std::size_t hex_length = 2 * sizeof(Blake2b::bytes);

// Reads just what write_manifest writes, in its order; whatever else it meets, valid or not, it leaves to the
// reader of JSON. That none of the two ever says something else than the other is tested with every
// manifest that differs from a good one by a byte.
class QuickReader {
  public:
    explicit QuickReader(std::string_view text) : rest_(text) {}

    std::optional<Manifest> read() {
        Manifest manifest;
        if (!take(manifest_begin)) return std::nullopt;
        while (!take(files_begin)) {
            if (!take_fact(manifest.facts)) return std::nullopt;
        }
        manifest.files.reserve(rest_.size() / shortest_line, rest_.size() / shortest_line * usual_name);
        for (bool first = true; rest_ != manifest_end; first = false) {
            if (!first && !take(",")) return std::nullopt;
            if (!take_file(manifest.files)) return std::nullopt;
        }
        return manifest;
    }

  private:
    static constexpr std::size_t usual_name = 24;
    static constexpr std::size_t shortest_line = 110;  // with a name of four letters; only for reserving

    bool take(std::string_view piece) {
        if (!rest_.starts_with(piece)) return false;
        rest_.remove_prefix(piece.size());
        return true;
    }
    // Up to a quotation mark; no escapes and nothing but ASCII before it.
    std::optional<std::string_view> take_plain() {
        std::size_t length = 0;
        const auto plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
        while (length < rest_.size() && plain(rest_[length])) ++length;
        if (length == rest_.size() || rest_[length] != '"') return std::nullopt;
        const std::string_view text = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return text;
    }
    bool take_fact(ReleaseFacts& facts) {
        if (!take(fact_begin)) return false;
        const auto key = take_plain();
        if (!key || *key == format_key || *key == files_key || !take(between_fact)) return false;
        const auto value = take_plain();
        if (!value || !take(fact_end)) return false;
        facts.emplace_back(*key, *value);
        return true;
    }
    bool take_file(OutputTree& files) {
        if (!take(file_begin)) return false;
        const auto path = take_plain();
        if (!path || !is_output_path(*path) || !take(before_size)) return false;
        const auto size = take_number();
        if (!size || !take(before_digest)) return false;
        const auto digest = blake2b_from_hex(rest_.substr(0, hex_length));
        if (!digest) return false;
        rest_.remove_prefix(hex_length);
        if (!take(file_end)) return false;
        if (!files.empty() && files.path(files.size() - 1) >= *path) return false;
        files.append(*path, {*digest, *size});
        return true;
    }
    std::optional<std::uint64_t> take_number() {
        constexpr std::size_t longest = 18;  // fits
        std::uint64_t number = 0;
        std::size_t length = 0;
        for (; length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9'; ++length) {
            if (length == longest) return std::nullopt;
            number = number * 10 + static_cast<std::uint64_t>(rest_[length] - '0');
        }
        if (length == 0 || (length > 1 && rest_[0] == '0')) return std::nullopt;
        rest_.remove_prefix(length);
        return number;
    }

    std::string_view rest_;
};

// What begins with a dot is nobody's page: clutter, or the stage of a build in place.
bool counts_as_stranger(const std::string& path) { return !is_clutter(split_path(path).name); }

class Inspection {
  public:
    Inspection(Disk& disk, const std::string& folder, ReleaseState& state, std::int64_t newest)
        : disk_(disk), folder_(folder), state_(state), newest_(newest) {}

    void folder(const std::string& inner) {
        std::string path = inner.empty() ? inner : inner + "/";
        const std::size_t length = path.size();
        for (const FolderEntry& entry : disk_.list_folder(join_path(folder_, inner))) {
            path.resize(length);
            path += entry.name;
            if (inner.empty() && is_no_file_of_the_site(entry.name)) continue;
            if (entry.status.kind == FileKind::folder && !is_clutter(entry.name)) {
                folder(path);
            } else {
                file(path, entry.status);
            }
        }
    }

  private:
    static bool is_no_file_of_the_site(const std::string& name) {
        return name == manifest_name || name == incomplete_name || belongs_to_medium(name);
    }

    void file(const std::string& path, const FileStatus& status) {
        const auto listed = state_.manifest.files.index_of(path);
        if (!listed) {
            if (counts_as_stranger(path)) state_.strangers.push_back(path);
        } else if (status.kind == FileKind::file && status.size == state_.manifest.files[*listed].file.size &&
                   status.mtime_ns <= newest_) {
            state_.intact[*listed] = true;
            state_.inodes[*listed] = status.inode;
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
    constexpr std::size_t usual_line = 150;
    std::string out(manifest_begin);
    out.reserve(usual_line * (manifest.files.size() + 4));
    for (const auto& [key, value] : manifest.facts) out += "  " + quoted(key) + ": " + quoted(value) + ",\n";
    out += files_begin;
    const char* separator = "";
    for (const auto& [path, file] : manifest.files) {
        out.append(separator).append(file_begin).append(path).append(before_size);
        out.append(std::to_string(file.size)).append(before_digest).append(file.blake2b.hex());
        out.append(file_end);
        separator = ",";
    }
    return out += manifest_end;
}

std::optional<Manifest> parse_manifest(std::string_view text) {
    auto manifest = QuickReader(text).read();
    return manifest ? std::move(manifest) : parse_manifest_as_json(text);
}

std::optional<Manifest> parse_manifest_as_json(std::string_view text) {
    const auto json = read_json(text);
    if (!json || json->type != JsonValue::Type::object) return std::nullopt;
    const JsonValue* format = json->find(format_key);
    const JsonValue* files = json->find(files_key);
    if (format == nullptr || format->integer != manifest_format || files == nullptr) return std::nullopt;
    Manifest manifest;
    for (const auto& [key, value] : json->members) {
        if (value.type == JsonValue::Type::text) manifest.facts.emplace_back(key, value.text);
    }
    auto tree = files_of(*files);
    if (!tree) return std::nullopt;
    manifest.files = std::move(*tree);
    return manifest;
}

std::optional<Manifest> read_manifest(Disk& disk, const std::string& folder) {
    const auto text = disk.read_if_there(join_path(folder, manifest_name), longest_manifest);
    return text ? parse_manifest(*text) : std::nullopt;
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
    state.intact.resize(state.manifest.files.size());
    state.inodes.resize(state.manifest.files.size());
    const bool complete = !disk.status(join_path(folder, incomplete_name));
    Inspection(disk, folder, state, written->mtime_ns).folder("");
    if (!complete) state.intact.assign(state.intact.size(), false);
    std::sort(state.strangers.begin(), state.strangers.end());
    state.whole = complete && state.strangers.empty() &&
                  std::find(state.intact.begin(), state.intact.end(), false) == state.intact.end();
    return state;
}

}  // namespace qunying

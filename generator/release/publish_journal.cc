#include "release/publish_journal.h"

#include <charconv>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"

namespace qunying {
namespace {

constexpr std::int64_t mark_format = 1;
constexpr std::size_t sum_length = 8;

std::string sum_of(std::string_view text) { return digest_of(text).hex().substr(0, sum_length); }

std::string line_of(std::string_view text) { return fmt::format("{} {}\n", text, sum_of(text)); }

std::string there(std::string_view path, const OutputFile& file) {
    return line_of(fmt::format("there {} {} {}", file.blake2b.hex(), file.size, path));
}

std::string gone(std::string_view path) { return line_of(fmt::format("gone {}", path)); }

std::optional<std::string_view> checked(std::string_view line) {
    if (line.size() <= sum_length) return std::nullopt;
    const std::string_view text = line.substr(0, line.size() - sum_length - 1);
    const bool whole = line[text.size()] == ' ' && line.substr(text.size() + 1) == sum_of(text);
    return whole ? std::optional(text) : std::nullopt;
}

void write_paths(JsonWriter& json, const char* key, const std::vector<std::string>& paths) {
    json.key(key).begin_array();
    for (const std::string& path : paths) json.text(path);
    json.end_array();
}

std::optional<std::vector<std::string>> read_paths(const JsonValue* list) {
    if (!list || list->type != JsonValue::Type::array) return std::nullopt;
    std::vector<std::string> paths;
    for (const JsonValue& path : list->items) {
        if (path.type != JsonValue::Type::text || !is_output_path(path.text)) return std::nullopt;
        paths.push_back(path.text);
    }
    return paths;
}

void read_line(std::string_view text, KnownFiles& known) {
    const std::vector<std::string_view> words = split(text, ' ');
    if (words.size() == 2 && (words[0] == "gone" || words[0] == "unsure")) {
        const bool gone = words[0] == "gone";
        known[std::string(words[1])] = {gone ? Known::State::absent : Known::State::unknown, {}, false};
    } else if (words.size() == 4 && words[0] == "there") {
        const auto digest = blake2b_from_hex(words[1]);
        std::uint64_t size = 0;
        const auto [end, error] = std::from_chars(words[2].data(), words[2].data() + words[2].size(), size);
        if (digest && error == std::errc{})
            known[std::string(words[3])] = {Known::State::file, {*digest, size}, false};
    }
}

}  // namespace

std::string write_mark(const PublishMark& mark) {
    JsonWriter json;
    json.begin_object();
    json.key("format").number(mark_format);
    json.key("run").text(mark.run);
    write_paths(json, "unseen", mark.unseen);
    write_paths(json, "paths", mark.paths);
    json.end_object();
    return json.finish();
}

std::optional<PublishMark> parse_mark(std::string_view text) {
    const auto json = read_json(text);
    if (!json || json->type != JsonValue::Type::object) return std::nullopt;
    const JsonValue* format = json->find("format");
    const JsonValue* run = json->find("run");
    auto paths = read_paths(json->find("paths")), unseen = read_paths(json->find("unseen"));
    if (!format || format->integer != mark_format || !paths || !unseen) return std::nullopt;
    if (!run || run->type != JsonValue::Type::text) return std::nullopt;
    return PublishMark{run->text, std::move(*paths), std::move(*unseen)};
}

std::optional<KnownFiles> PublishJournal::recall(std::string_view run) const {
    const auto text = disk_.read_if_there(path_);
    if (!text) return std::nullopt;
    const std::vector<std::string_view> lines = split(*text, '\n');
    if (checked(lines.front()) != fmt::format("run {}", run)) return std::nullopt;
    KnownFiles known;
    for (const std::string_view line : lines) {
        if (const auto said = checked(line)) read_line(*said, known);
    }
    return known;
}

void PublishJournal::begin(std::string_view run, const KnownFiles& known) {
    std::string text = line_of(fmt::format("run {}", run));
    for (const auto& [path, state] : known) {
        if (state.state == Known::State::file) text += there(path, state.file);
        if (state.state == Known::State::absent) text += gone(path);
    }
    clear();
    disk_.append_to_file(path_, text);
}

void PublishJournal::is_there(std::string_view path, const OutputFile& file) {
    disk_.append_to_file(path_, there(path, file));
}

void PublishJournal::is_gone(std::string_view path) { disk_.append_to_file(path_, gone(path)); }

void PublishJournal::is_unsure(std::string_view path) {
    disk_.append_to_file(path_, line_of(fmt::format("unsure {}", path)));
}

void PublishJournal::clear() {
    if (disk_.status(path_)) disk_.remove_file(path_);
}

}  // namespace qunying

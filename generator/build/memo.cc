#include "build/memo.h"

#include <charconv>
#include <optional>

#include "base/failure.h"

namespace qunying {
namespace {

constexpr std::string_view state_folder = ".qunying/cache";

Digest page_records_key() { return digest_of("pages 1"); }
Digest file_index_key() { return digest_of("files 1"); }

// One line a page: path, program, view, blake2b, size, with a blank between. No path holds a blank.
std::optional<Digest> digest_from_hex(std::string_view hex) {
    Digest digest;
    if (hex.size() != digest.bytes.size() * 2) return std::nullopt;
    if (hex.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        digest.bytes[i] = static_cast<std::uint8_t>(nibble(hex[2 * i]) * 16 + nibble(hex[2 * i + 1]));
    }
    return digest;
}

std::optional<std::uint64_t> number_from(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view take_word(std::string_view& text, char until) {
    const std::string_view word = text.substr(0, text.find(until));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    return word;
}

}  // namespace

Memo::Memo(Disk& site)
    : site_(site), cache_(site), parsed_(site, std::string(state_folder), "parsed"), since_(reading_time()) {
    if (const auto stored = cache_.get("files", file_index_key())) files_ = FileIndex::unpack(*stored);
    stored_files_ = files_;
}

void Memo::note_files(const SourceTree& tree, std::int64_t since) {
    since_ = since;
    for (std::size_t i = 0; i < tree.texts.size(); ++i) {
        const std::string& path = tree.sources[tree.texts[i]].path;
        if (tree.digests[i]) files_.note(path, tree.statuses[i], *tree.digests[i], since);
    }
    files_.keep_only([&](std::string_view path) { return tree.find_text(path) || tree.find_media(path); },
                     tree.texts.size() + tree.media.size());
}

Digest Memo::file_digest(const MediaFile& file) {
    if (const auto known = files_.digest(file.path, file.status)) return *known;
    const Digest digest = digest_of(site_.read_file(file.path));
    files_.note(file.path, file.status, digest, since_);
    return digest;
}

Digest Memo::content_digest(const SourceTree& tree) {
    DigestBuilder builder;
    builder.add(tree.texts.size());
    for (std::size_t i = 0; i < tree.texts.size(); ++i) {
        QY_CHECK(tree.digests[i].has_value());
        builder.add(tree.sources[tree.texts[i]].path).add(*tree.digests[i]);
    }
    for (const MediaFile& file : tree.media) builder.add(file.path).add(file_digest(file));
    return builder.finish();
}

std::optional<std::vector<Diagnostic>> Memo::load_findings(const Digest& inputs) const {
    const auto stored = cache_.get("findings", inputs);
    return stored ? unpack_diagnostics(*stored) : std::nullopt;
}

void Memo::store_findings(const Digest& inputs, const std::vector<Diagnostic>& findings) {
    cache_.put("findings", inputs, pack_diagnostics(findings));
}

void Memo::save() {
    parsed_.save();
    if (files_ == stored_files_) return;
    cache_.put("files", file_index_key(), files_.pack());
    stored_files_ = files_;
}

OutputFile Memo::output_file(const MediaFile& file) {
    const Digest digest = file_digest(file);
    if (const auto known = cache_.get("blake2b", digest)) return {*known, file.status.size};
    const std::string bytes = site_.read_file(file.path);
    OutputFile made{blake2b_hex(bytes), bytes.size()};
    cache_.put("blake2b", digest, made.blake2b);
    return made;
}

PageRecords Memo::load_pages() const {
    PageRecords pages;
    const auto stored = cache_.get("pages", page_records_key());
    if (!stored || !stored->ends_with('\n')) return pages;  // none, or torn
    std::string_view rest = *stored;
    while (!rest.empty()) {
        std::string_view line = take_word(rest, '\n');
        const std::string path(take_word(line, ' '));
        const auto program = digest_from_hex(take_word(line, ' ')),
                   view = digest_from_hex(take_word(line, ' '));
        const std::string blake2b(take_word(line, ' '));
        const auto size = number_from(line);
        if (!program || !view || !size) return {};
        pages.emplace(path, PageRecord{*program, *view, {blake2b, *size}});
    }
    return pages;
}

void Memo::store_pages(const PageRecords& pages) {
    std::string text;
    for (const auto& [path, page] : pages) {
        text += path + ' ' + page.program.hex() + ' ' + page.view.hex() + ' ' + page.output.blake2b + ' ' +
                std::to_string(page.output.size) + '\n';
    }
    if (cache_.get("pages", page_records_key()) != text) cache_.put("pages", page_records_key(), text);
}

}  // namespace qunying

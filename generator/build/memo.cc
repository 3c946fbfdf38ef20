#include "build/memo.h"

#include <charconv>
#include <optional>

namespace qunying {
namespace {

Digest page_records_key() { return digest_of("pages 1"); }

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

Digest Memo::file_digest(const MediaFile& file) {
    const Digest key =
        DigestBuilder().add(file.path).add(file.size).add(static_cast<std::uint64_t>(file.mtime_ns)).finish();
    if (const auto known = cache_.get("file", key)) {
        if (const auto digest = digest_from_hex(*known)) return *digest;
    }
    const Digest digest = digest_of(site_.read_file(file.path));
    cache_.put("file", key, digest.hex());
    return digest;
}

// The tree's own digest holds times of change; it only saves asking for every file again.
Digest Memo::content_digest(const SourceTree& tree) {
    const Digest stamp = tree.digest();
    if (const auto known = cache_.get("tree", stamp)) {
        if (const auto digest = digest_from_hex(*known)) return *digest;
    }
    DigestBuilder builder;
    builder.add(tree.texts.size());
    for (std::size_t i = 0; i < tree.texts.size(); ++i)
        builder.add(tree.sources[tree.texts[i]].path).add(tree.digests[i]);
    for (const MediaFile& file : tree.media) builder.add(file.path).add(file_digest(file));
    const Digest digest = builder.finish();
    cache_.put("tree", stamp, digest.hex());
    return digest;
}

OutputFile Memo::output_file(const MediaFile& file) {
    const Digest digest = file_digest(file);
    if (const auto known = cache_.get("blake2b", digest)) return {*known, file.size};
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

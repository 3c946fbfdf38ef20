#include "build/parse.h"

#include <optional>

#include "base/failure.h"
#include "base/parallel.h"
#include "load/load.h"
#include "rules/rules.h"
#include "system/large_pages.h"

namespace qunying {
namespace {

// From so many files on memory is taken in large pages.
constexpr std::size_t large_site = 30'000;

Digest key_of(const Digest& text, std::string_view generator) {
    std::string bytes = "record 2 ";
    bytes.append(reinterpret_cast<const char*>(text.bytes.data()), text.bytes.size()).append(generator);
    return digest_of(bytes);
}

// What is remembered of a file: whether rules want its text, then the parsed record.
struct Parsed {
    ParsedRecord record;
    bool concerns_rules = false;
};

std::optional<Parsed> recall(const PackedCache& cache, const Digest& key, SourceId source) {
    const auto bytes = cache.get(key);
    if (!bytes || bytes->empty()) return std::nullopt;
    auto record = unpack_record(bytes->substr(1), source);
    if (!record) return std::nullopt;
    put_by_story(*record);
    return Parsed{std::move(*record), bytes->front() != 0};
}

// Parses one file and remembers it, unless there is something to say of it that must be said again.
Parsed parse_file(const SourceFile& file, const Digest& key, PackedCache& cache, ParseTimes times,
                  Diagnostics& diagnostics) {
    Parsed parsed;
    parsed.record = parse_record(file, diagnostics, times);
    const std::string_view text = file.text;
    const std::size_t body = parsed.record.body_begin;
    parsed.concerns_rules =
        concerns_wording(text.substr(0, body), text.substr(body), parsed.record.stars_left);
    if (!diagnostics.empty()) return parsed;
    std::string bytes(1, parsed.concerns_rules ? '\1' : '\0');
    bytes.reserve(512 + 2 * text.size());
    append_packed(bytes, parsed.record);
    cache.put(key, bytes);
    put_by_story(parsed.record);
    return parsed;
}

// The text of a file whose digest is known.
SourceFile read_again(const SourceTree& tree, Disk& site, SourceId id) {
    SourceFile file{id, tree.sources[id].path, read_text(site, tree, id), true};
    if (digest_of(file.text) != *tree.digests[tree.text_index(id)])
        throw Failure(changed_while_reading, file.path,
                      std::make_error_code(std::errc::resource_unavailable_try_again));
    return file;
}

}  // namespace

struct ContentParser::Known {
    ContentFile file;
    Digest digest;
    bool concerns_rules = false;
    std::optional<std::string> text;  // where it shall stay
};

ContentParser::ContentParser(SourceTree& tree, Memo& memo, const ParseOptions& options)
    : tree_(tree), memo_(memo), options_(options), sources_(record_files(tree.sources, tree.texts)) {}

// One file may lie at two places, and its place says what it is called.
Digest ContentParser::loaded_key(std::size_t file, const Digest& text) const {
    const std::string& path = tree_.sources[sources_[file]].path;
    std::string bytes = "loaded 1 ";
    bytes.append(reinterpret_cast<const char*>(text.bytes.data()), text.bytes.size());
    bytes.append(path).append(1, '\0').append(options_.generator);
    return digest_of(bytes);
}

ContentParser::Known ContentParser::look_up(std::size_t file, Diagnostics& diagnostics) const {
    const SourceId id = sources_[file];
    if (const std::optional<Digest>& known = tree_.digests[tree_.text_index(id)])
        return look_up(file, *known, std::nullopt, diagnostics);
    std::string text = read_text(memo_.site(), tree_, id);
    const Digest digest = digest_of(text);
    return look_up(file, digest, std::move(text), diagnostics);
}

// `text` where it has been read.
ContentParser::Known ContentParser::look_up(std::size_t at, const Digest& digest,
                                            std::optional<std::string> text, Diagnostics& diagnostics) const {
    const SourceId id = sources_[at];
    const Digest key = key_of(digest, options_.generator);
    Known known{{id, std::nullopt}, digest, false, std::nullopt};
    const auto loaded = memo_.loaded().get(loaded_key(at, digest));
    // Stories are told from what was parsed, so that must be there, too.
    if (loaded && !loaded->empty() && memo_.parsed().keep(key)) {
        known.file.remembered = loaded->substr(1);
        known.concerns_rules = loaded->front() != 0;
    } else if (auto parsed = recall(memo_.parsed(), key, id)) {
        known.file.parsed = std::move(parsed->record);
        known.concerns_rules = parsed->concerns_rules;
    } else {
        if (!text) {  // it may be another one by now
            text = read_text(memo_.site(), tree_, id);
            known.digest = digest_of(*text);
        }
        SourceFile file{id, tree_.sources[id].path, std::move(*text), true};
        Parsed fresh = parse_file(file, key_of(known.digest, options_.generator), memo_.parsed(),
                                  options_.times, diagnostics);
        known.file.parsed = std::move(fresh.record);
        known.concerns_rules = fresh.concerns_rules;
        known.file.silent = diagnostics.empty();
        text = std::move(file.text);
    }
    if (known.concerns_rules || !known.file.silent)
        known.text = text ? std::move(text) : read_text(memo_.site(), tree_, id);
    return known;
}

std::vector<ContentFile> ContentParser::files(Diagnostics& diagnostics) {
    if (sources_.size() >= large_site) use_large_pages();
    memo_.loaded();  // opened before there are threads
    auto known = parallel_map(options_.threads, sources_.size(), diagnostics,
                              [&](std::size_t i, Diagnostics& own) { return look_up(i, own); });
    std::vector<ContentFile> files;
    files.reserve(known.size());
    concern_rules_.resize(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        tree_.digests[tree_.text_index(sources_[i])] = known[i].digest;
        concern_rules_[i] = known[i].concerns_rules ? 1 : 0;
        if (known[i].text) tree_.sources.set_text(sources_[i], std::move(*known[i].text));
        files.push_back(std::move(known[i].file));
    }
    memo_.parsed().save();
    memo_.parsed().forget();
    return files;
}

// What was said of it was said before: nothing, for it is remembered.
ParsedRecord ContentParser::parse(std::size_t file) {
    const SourceId id = sources_[file];
    const Digest key = key_of(*tree_.digests[tree_.text_index(id)], options_.generator);
    if (auto parsed = recall(memo_.parsed(), key, id)) return std::move(parsed->record);
    Diagnostics said_before;
    return parse_file(read_again(tree_, memo_.site(), id), key, memo_.parsed(), {}, said_before).record;
}

void ContentParser::remember(std::size_t file, std::string_view bytes) {
    const Digest& digest = *tree_.digests[tree_.text_index(sources_[file])];
    std::string value(1, concern_rules_[file] ? '\1' : '\0');
    memo_.loaded().put(loaded_key(file, digest), value.append(bytes));
}

void ContentParser::finish() {
    memo_.loaded().save();
    memo_.loaded().forget();
    memo_.parsed().forget();
}

std::optional<ParsedRecord> recall_record(const SourceTree& tree, SourceId source, const Memo& memo,
                                          std::string_view generator) {
    const auto bytes = memo.parsed().get(key_of(*tree.digests[tree.text_index(source)], generator));
    if (!bytes || bytes->empty() || bytes->front() != 0) return std::nullopt;
    return unpack_record(bytes->substr(1), source);
}

// The kernel keeps the bytes anyway; without the forgetting a build that prints every story would hold them
// all.
std::vector<std::string> PackedStories::html_runs(Span place) const {
    constexpr unsigned forget_every = 512;
    if (++asked_ % forget_every == 0) memo_.parsed().forget();
    const Digest& digest = *tree_.digests[tree_.text_index(place.source)];
    if (const auto bytes = memo_.parsed().get(key_of(digest, generator_)); bytes && !bytes->empty()) {
        if (auto record = unpack_record(bytes->substr(1), place.source))
            return qunying::html_runs(std::move(*record));
    }
    Diagnostics said_before;
    return qunying::html_runs(parse_record(read_again(tree_, memo_.site(), place.source), said_before));
}

void complete_digests(SourceTree& tree, Disk& site, unsigned threads) {
    std::vector<SourceId> unknown;
    for (const SourceId id : tree.texts) {
        if (!tree.digests[tree.text_index(id)]) unknown.push_back(id);
    }
    const auto digests = parallel_map(
        threads, unknown.size(), [&](std::size_t i) { return digest_of(read_text(site, tree, unknown[i])); });
    for (std::size_t i = 0; i < unknown.size(); ++i) tree.digests[tree.text_index(unknown[i])] = digests[i];
}

}  // namespace qunying

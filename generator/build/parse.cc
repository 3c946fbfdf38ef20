#include "build/parse.h"

#include <optional>

#include "base/failure.h"
#include "base/parallel.h"
#include "load/load.h"
#include "rules/rules.h"

namespace qunying {
namespace {

// What is remembered of a file: whether rules want its text, then the parsed record.
struct Parsed {
    ParsedRecord record;
    Digest digest;
    bool concerns_rules = false;
    std::optional<std::string> text;  // where it shall stay
};

Digest key_of(const Digest& text, std::string_view generator) {
    return DigestBuilder().add("record 1").add(generator).add(text).finish();
}

std::optional<Parsed> recall(const PackedCache& cache, const Digest& key, SourceId source) {
    const auto bytes = cache.get(key);
    if (!bytes || bytes->empty()) return std::nullopt;
    auto record = unpack_record(bytes->substr(1), source);
    if (!record) return std::nullopt;
    put_by_story(*record);
    return Parsed{std::move(*record), {}, bytes->front() != 0, std::nullopt};
}

// Parses one file and remembers it, unless there is something to say of it that must be said again.
Parsed parse(const SourceFile& file, const Digest& key, PackedCache& cache, ParseTimes times,
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

struct Parser {
    const SourceTree& tree;
    Memo& memo;
    const ParseOptions& options;

    Parsed run(SourceId id, Diagnostics& diagnostics) const {
        const std::optional<Digest>& known = tree.digests[tree.text_index(id)];
        if (known) {
            if (auto parsed = recall(memo.parsed(), key_of(*known, options.generator), id)) {
                if (parsed->concerns_rules) parsed->text = read_text(memo.site(), tree, id);
                parsed->digest = *known;
                return std::move(*parsed);
            }
        }
        return read_and_parse(id, diagnostics);
    }
    Parsed read_and_parse(SourceId id, Diagnostics& diagnostics) const {
        SourceFile file{id, tree.sources[id].path, read_text(memo.site(), tree, id), true};
        const Digest digest = digest_of(file.text), key = key_of(digest, options.generator);
        auto parsed = recall(memo.parsed(), key, id);
        if (!parsed) parsed = parse(file, key, memo.parsed(), options.times, diagnostics);
        parsed->digest = digest;
        if (parsed->concerns_rules || !diagnostics.empty()) parsed->text = std::move(file.text);
        return std::move(*parsed);
    }
};

}  // namespace

std::vector<ParsedRecord> parse_records(SourceTree& tree, Memo& memo, const ParseOptions& options,
                                        Diagnostics& diagnostics) {
    const std::vector<SourceId> files = record_files(tree.sources, tree.texts);
    const Parser parser{tree, memo, options};
    auto parsed = parallel_map(options.threads, files.size(), diagnostics,
                               [&](std::size_t i, Diagnostics& own) { return parser.run(files[i], own); });
    std::vector<ParsedRecord> records;
    records.reserve(parsed.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        tree.digests[tree.text_index(files[i])] = parsed[i].digest;
        if (parsed[i].text) tree.sources.set_text(files[i], std::move(*parsed[i].text));
        records.push_back(std::move(parsed[i].record));
    }
    memo.parsed().save();
    memo.parsed().forget();
    return records;
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
    SourceFile file{place.source, tree_.sources[place.source].path,
                    read_text(memo_.site(), tree_, place.source), true};
    if (digest_of(file.text) != digest)
        throw Failure(changed_while_reading, file.path,
                      std::make_error_code(std::errc::resource_unavailable_try_again));
    Diagnostics said_before;
    return qunying::html_runs(parse_record(file, said_before));
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

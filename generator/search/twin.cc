#include "search/twin.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/failure.h"
#include "base/text.h"

namespace qunying {
namespace {

// ---- the query

bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == 0x3000 || c == 0xa0; }

// ü is u where words are compared and v where names are spelt.
std::string with_v(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const CodePoint next = decode_first(text);
        constexpr std::u32string_view umlauts = U"üǖǘǚǜÜǕǗǙǛ";
        out += umlauts.find(next.value) == umlauts.npos ? std::string(text.substr(0, next.bytes)) : "v";
        text.remove_prefix(next.bytes);
    }
    return out;
}

std::string spoken_form(std::string word) {
    bool tones =
        word.size() > 1 && word[0] >= 'a' && word[0] <= 'z' && word.back() >= '1' && word.back() <= '5';
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool letter = word[i] >= 'a' && word[i] <= 'z', tone = word[i] >= '1' && word[i] <= '5';
        tones = tones && (letter || (tone && !(word[i - 1] >= '1' && word[i - 1] <= '5')));
    }
    if (tones) std::erase_if(word, [](char c) { return c >= '1' && c <= '5'; });
    if (word.starts_with("lyu") || word.starts_with("nyu")) word.replace(1, 2, "v");
    return word;
}

QueryPart items_of(const Folding& folding, std::string_view text) {
    const std::vector<SearchToken> plain = folding.tokens(text), spoken = folding.tokens(with_v(text));
    QY_CHECK(plain.size() == spoken.size());
    QueryPart part;
    for (std::size_t i = 0; i < plain.size(); ++i)
        part.push_back({plain[i].character, plain[i].word, spoken_form(spoken[i].word)});
    return part;
}

bool all_letters(const QueryPart& part) {
    return std::all_of(part.begin(), part.end(), [](const QueryItem& item) { return item.character == 0; });
}

// ---- names

struct Way {
    std::size_t end;
    int lack;  // 1: the last syllable is not spelt to its end; 2: one before is not
};

class NameMatcher {
  public:
    NameMatcher(const std::vector<SearchToken>& tokens, const SearchName& name, const QueryPart& part)
        : tokens_(tokens), name_(name), part_(part) {}

    // All ways to go on with item `item`, of which `rest` is left, at token `at`.
    void go(std::size_t item, std::optional<std::string> rest, std::size_t at, int lack) {
        if (item == part_.size()) return ways.push_back({at, lack});
        if (at == tokens_.size()) return;
        const QueryItem& wanted = part_[item];
        if (wanted.character != 0) {
            if (tokens_[at].character == wanted.character) go(item + 1, std::nullopt, at + 1, lack);
            return;
        }
        if (!rest && tokens_[at].word == wanted.word) go(item + 1, std::nullopt, at + 1, lack);
        // Institutions are spelt from the beginning of their names.
        if (!rest && at > 0 && name_.spoken == SpokenFrom::beginning) return;
        const std::string letters = rest.value_or(wanted.spoken);
        for (const std::string& reading : name_.readings[at]) {
            const int cut = item + 1 == part_.size() ? 1 : 2;
            if (reading.starts_with(letters))
                go(item + 1, std::nullopt, at + 1, reading == letters ? lack : std::max(lack, cut));
            if (letters.size() > reading.size() && letters.starts_with(reading))
                go(item, letters.substr(reading.size()), at + 1, lack);
            for (const std::size_t count : {1U, 2U}) {
                const std::string initial = letters.substr(0, count);
                const bool whole = count == 1 || initial == "zh" || initial == "ch" || initial == "sh";
                if (whole && letters.size() > count && reading != initial && reading.starts_with(initial))
                    go(item, letters.substr(count), at + 1, 2);
            }
        }
    }

    std::vector<Way> ways;

  private:
    const std::vector<SearchToken>& tokens_;
    const SearchName& name_;
    const QueryPart& part_;
};

// ---- titles and texts

std::set<std::u32string> terms_of(const std::vector<SearchToken>& tokens) {
    std::set<std::u32string> terms;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].character == 0) {
            terms.insert(to_utf32(tokens[i].word));
        } else if (i + 1 < tokens.size() && tokens[i + 1].character != 0) {
            terms.insert({tokens[i].character, tokens[i + 1].character});
        }
    }
    return terms;
}

std::vector<SearchToken> tokens_of_part(const QueryPart& part) {
    std::vector<SearchToken> tokens;
    for (const QueryItem& item : part) tokens.push_back({item.character, item.word});
    return tokens;
}

struct Lines {
    std::set<std::u32string> terms;
    std::vector<std::vector<SearchToken>> tokens;

    void add(const Folding& folding, std::string_view line) {
        tokens.push_back(folding.tokens(line));
        terms.merge(terms_of(tokens.back()));
    }
    bool hold_terms(const QueryPart& part) const {
        const auto wanted = terms_of(tokens_of_part(part));
        return !wanted.empty() && std::includes(terms.begin(), terms.end(), wanted.begin(), wanted.end());
    }
    bool hold(const QueryPart& part) const {
        const std::vector<SearchToken> wanted = tokens_of_part(part);
        return std::any_of(tokens.begin(), tokens.end(), [&](const auto& line) {
            return std::search(line.begin(), line.end(), wanted.begin(), wanted.end()) != line.end();
        });
    }
};

}  // namespace

std::vector<QueryPart> parts_of_query(const Folding& folding, std::string_view query) {
    std::string text;
    for (std::string rest = replace_all(query, "u:", "ü"); !rest.empty();) {
        const CodePoint next = decode_first(rest);
        text += is_blank(next.value) ? " " : rest.substr(0, next.bytes);
        rest.erase(0, next.bytes);
    }
    std::vector<QueryPart> words;
    for (const std::string_view word : split(text, ' ')) {
        QueryPart part = items_of(folding, word);
        if (!part.empty()) words.push_back(std::move(part));
    }
    std::size_t total = 0;
    bool hanzi = true, single = false;
    for (const QueryPart& word : words) {
        total += word.size();
        single = single || word.size() == 1;
        for (const QueryItem& item : word) hanzi = hanzi && item.character != 0;
    }
    std::vector<QueryPart> parts;
    for (QueryPart& word : words) {
        const bool widened = hanzi && single && total <= 4;
        const bool spelt = !parts.empty() && all_letters(parts.back()) && all_letters(word);
        if (!parts.empty() && (widened || spelt)) {
            parts.back().insert(parts.back().end(), word.begin(), word.end());
        } else {
            parts.push_back(std::move(word));
        }
    }
    return parts;
}

int name_quality(const Folding& folding, const SearchName& name, const QueryPart& part) {
    const std::vector<SearchToken> tokens = folding.tokens(name.text);
    const bool spelt =
        std::any_of(part.begin(), part.end(), [](const auto& item) { return item.character == 0; });
    if (part.size() == 1 && spelt && part[0].spoken.size() < 2) return -1;
    int best = -1;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        NameMatcher matcher(tokens, name, part);
        matcher.go(0, std::nullopt, at, 0);
        for (const Way& way : matcher.ways) {
            const int place = at > 0 ? 2 : way.end == tokens.size() && way.lack != 1 ? 0 : 1;
            const int quality = place + (!spelt ? 0 : way.lack == 2 ? 6 : 3);
            if (best < 0 || quality < best) best = quality;
        }
    }
    return best;
}

std::vector<TwinHit> search_slowly(const SearchSource& source, const Folding& folding, std::size_t documents,
                                   std::string_view query) {
    const std::vector<QueryPart> parts = parts_of_query(folding, query);
    std::vector<TwinHit> hits;
    for (std::size_t document = 0; document < documents && !parts.empty(); ++document) {
        const SearchName name = source.name(document);
        Lines titles, texts;
        for (const SearchTitle& title : source.titles(document)) titles.add(folding, title.text);
        for (const std::string& line : source.text(document)) texts.add(folding, line);
        TwinHit hit{document, 0, true, -1};
        bool found = true;
        for (const QueryPart& part : parts) {
            const int quality = name_quality(folding, name, part);
            const int stage = quality >= 0 ? 0 : titles.hold_terms(part) ? 1 : texts.hold_terms(part) ? 2 : 3;
            found = found && stage < 3;
            hit.stage = std::max(hit.stage, stage);
            hit.exact = hit.exact && (quality >= 0 || titles.hold(part) || texts.hold(part));
            if (parts.size() == 1) hit.quality = quality;
        }
        if (found) hits.push_back(hit);
    }
    return hits;
}

}  // namespace qunying

#include "search/search_index.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "search/dense_code.h"
#include "search/postings.h"
#include "search/prefix_table.h"
#include "search/script_text.h"

namespace qunying {
namespace {

constexpr std::size_t limit_of_spoken = 5'000;  // bytes a file of p/ and i/, as far as letters part them
constexpr std::size_t longest_spoken = 6;       // tokens
constexpr std::size_t most_starts = 12;         // tokens of a name that a spoken query may begin at
constexpr std::size_t most_ways = 64;           // to read one name, all readings of its characters told apart

enum class Place : std::uint32_t { whole, beginning, inside };

std::uint32_t rank_of(Place place, unsigned weight) {
    return static_cast<std::uint32_t>(place) * 8 + std::min(weight, 7U);
}

Place place_of(std::size_t begin, std::size_t end, std::size_t length) {
    if (begin > 0) return Place::inside;
    return end == length ? Place::whole : Place::beginning;
}

// Files whose number a document's number gives.
class NumberedFiles {
  public:
    enum class Data { array, text };
    NumberedFiles(std::string_view family, std::uint32_t per_file, Data kind, const TakeShard& take)
        : family_(family), per_file_(per_file), kind_(kind), take_(take) {}

    // Numbers ascend.
    std::string& of(std::uint32_t number) {
        if (number / per_file_ != file_) finish();
        file_ = number / per_file_;
        return data_;
    }
    void finish() {
        if (data_.empty()) return;
        const std::string name = fmt::format("{}/{}", family_, file_);
        take_({name, shard_script(name, kind_ == Data::array ? "[" + data_ + "]" : script_text(data_))});
        data_.clear();
    }

  private:
    std::string_view family_;
    std::uint32_t per_file_, file_ = 0;
    Data kind_;
    const TakeShard& take_;
    std::string data_;
};

// Buckets of one segment of several: those of all segments lie side by side, so that a directory names them
// together.
struct Slice {
    std::uint32_t segment = 0, segments = 1;
};

void take_buckets(std::string_view family, const std::vector<std::string>& data, const TakeShard& take,
                  Slice slice = {}) {
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i].empty()) continue;
        const std::string name = fmt::format("{}/{}", family, i * slice.segments + slice.segment);
        take({name, shard_script(name, script_text(data[i]))});
    }
}

void add_characters(const std::vector<SearchToken>& tokens, unsigned weight, std::uint32_t number,
                    PostingTable& table) {
    const std::size_t length = tokens.size();
    for (std::size_t i = 0; i < length; ++i) {
        const TermCode one = tokens[i].character == 0 ? table.word(tokens[i].word)
                                                      : PostingTable::character(tokens[i].character);
        table.add(one, rank_of(place_of(i, i + 1, length), weight), number);
        if (i + 1 == length || tokens[i].character == 0 || tokens[i + 1].character == 0) continue;
        table.add(PostingTable::pair(tokens[i].character, tokens[i + 1].character),
                  rank_of(place_of(i, i + 2, length), weight), number);
    }
}

bool is_plain(const std::string& reading) {
    return !reading.empty() && std::all_of(reading.begin(), reading.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

// "TianJianGang": a capital, or a full stop before a digit, begins a token.
void append_spoken(std::string& text, const std::string& reading) {
    const char first = reading.front();
    if (first >= 'a' && first <= 'z') {
        text += static_cast<char>(first - 'a' + 'A');
        text += std::string_view(reading).substr(1);
    } else {
        text += '.';
        text += reading;
    }
}

using Readings = std::vector<const std::string*>;

// All ways to read tokens [begin, end), usual readings first; past `most_ways` only those are varied that
// came first.
std::vector<Readings> ways_to_read(const SearchName& name, std::size_t begin, std::size_t end) {
    std::vector<Readings> ways = {{}};
    for (std::size_t i = begin; i < end; ++i) {
        std::vector<Readings> longer;
        const std::size_t readings = name.readings[i].size();
        for (std::size_t r = 0; r < readings; ++r) {
            if (r > 0 && longer.size() + ways.size() > most_ways) break;
            for (const Readings& way : ways) {
                longer.push_back(way);
                longer.back().push_back(&name.readings[i][r]);
            }
        }
        ways = std::move(longer);
    }
    return ways;
}

class SpokenNames {
  public:
    void add(const SearchName& name, std::uint32_t number) {
        const std::size_t starts =
            name.spoken == SpokenFrom::beginning ? 1 : std::min(name.readings.size(), most_starts);
        for (std::size_t begin = 0; begin < std::min(starts, name.readings.size()); ++begin) {
            std::size_t end = begin;
            const std::size_t last = std::min(name.readings.size(), begin + longest_spoken);
            while (end < last && !name.readings[end].empty() && is_plain(name.readings[end].front())) ++end;
            if (end == begin) continue;
            const Place place = place_of(begin, end, name.readings.size());
            for (const Readings& way : ways_to_read(name, begin, end))
                add_way(way, rank_of(place, name.weight), number);
        }
    }
    void write(const TakeShard& take) {
        readings_.write("p", 2, limit_of_spoken, take);
        initials_.write("i", 1, limit_of_spoken, take);
    }

  private:
    // Cut by the first syllable and one letter of the next: a query that goes on with initials agrees as far.
    void add_way(const Readings& way, std::uint32_t rank, std::uint32_t number) {
        std::string text, initials;
        for (const std::string* reading : way) {
            if (!is_plain(*reading)) return;
            append_spoken(text, *reading);
            initials += reading->front();
        }
        std::string letters = *way.front();
        if (way.size() > 1) letters += way[1]->front();
        readings_.add(std::move(text), std::move(letters), rank, number);
        if (way.size() > 1) initials_.add(initials, initials, rank, number);
    }

    PrefixTable readings_, initials_;
};

// "劉刘": the variants in a text that a query has folded.
std::string variants_in(const Folding& folding, std::string_view text) {
    std::u32string pairs;
    while (!text.empty()) {
        const CodePoint next = decode_first(text);
        text.remove_prefix(next.bytes);
        const char32_t folded = folding.fold(next.value);
        if (folded == next.value || !is_search_character(next.value)) continue;
        bool known = false;
        for (std::size_t i = 0; i < pairs.size(); i += 2) known = known || pairs[i] == next.value;
        if (!known) pairs += {next.value, folded};
    }
    return to_utf8(pairs);
}

// "zeng,ceng jian": what a card needs to tell whether a spoken query fits; behind a | the variants in the
// name and the titles.
std::string readings_text(const SearchName& name, std::string_view titles, const Folding& folding) {
    std::string text;
    const std::size_t shown = name.spoken == SpokenFrom::beginning
                                  ? std::min(name.readings.size(), longest_spoken)
                                  : name.readings.size();
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) text += ' ';
        text += join(name.readings[i], ",");
    }
    const std::string variants = variants_in(folding, name.text + std::string(titles));
    return variants.empty() ? text : text + "|" + variants;
}

std::string lines_of(const std::vector<SearchTitle>& titles) {
    std::string lines;
    for (const SearchTitle& title : titles) {
        if (!lines.empty()) lines += '\n';
        lines += title.text;
    }
    return lines;
}

void append_facets(std::string& data, const SearchFacets& facets) {
    for (const std::uint32_t value : facets.single) append_dense(data, value);
    append_dense(data, static_cast<std::uint32_t>(facets.many.size()));
    for (const std::uint32_t value : facets.many) append_dense(data, value);
}

}  // namespace

void write_names(const SearchSource& source, const Folding& folding, const SearchShape& shape,
                 const TakeShard& take) {
    PostingTable characters;
    SpokenNames spoken;
    NumberedFiles cards("e", shape.cards_per_file, NumberedFiles::Data::array, take);
    NumberedFiles facets("c", shape.facets_per_file, NumberedFiles::Data::text, take);
    std::uint32_t next = 0;
    for (const std::uint32_t document : shape.numbers.order) {
        const std::uint32_t number = shape.numbers.numbers[document];
        const SearchName name = source.name(document);
        add_characters(folding.tokens(name.text), name.weight, number, characters);
        spoken.add(name, number);
        const std::string titles = lines_of(source.titles(document));
        std::string& card = cards.of(number);
        if (!card.empty()) card += ",\n";
        card += fmt::format("[{},{},{},{},{}]", number, script_text(name.text),
                            script_text(readings_text(name, titles, folding)), script_text(titles),
                            source.card(document));
        std::string& values = facets.of(number);
        if (values.empty()) next = number / shape.facets_per_file * shape.facets_per_file;
        append_dense(values, number - next);
        next = number + 1;
        append_facets(values, source.facets(document));
    }
    cards.finish();
    facets.finish();
    take_buckets("n", characters.write(shape.name_buckets, PostingTable::Ranks::written), take);
    spoken.write(take);
}

void write_titles(const SearchSource& source, const Folding& folding, const SearchShape& shape,
                  const TakeShard& take) {
    PostingTable table;
    for (const std::uint32_t document : shape.numbers.order) {
        const std::uint32_t number = shape.numbers.numbers[document];
        const unsigned weight = source.name(document).weight;
        for (const SearchTitle& title : source.titles(document)) {
            const std::uint32_t rank = rank_of(title.own ? Place::whole : Place::beginning, weight);
            terms_of_line(
                folding, title.text,
                [&](char32_t a, char32_t b) { table.add(PostingTable::pair(a, b), rank, number); },
                [&](std::string_view word) { table.add(table.word(word), rank, number); });
        }
    }
    take_buckets("f", table.write(shape.title_buckets, PostingTable::Ranks::written), take);
}

void write_texts(const SearchSource& source, const Folding& folding, const SearchShape& shape,
                 std::uint32_t segment, const TakeShard& take) {
    const std::uint32_t base = segment * shape.segment_width;
    PostingTable table(base);
    NumberedFiles texts("t", shape.texts_per_file, NumberedFiles::Data::array, take);
    for (const std::uint32_t document : shape.documents_of(segment)) {
        const std::uint32_t number = shape.numbers.numbers[document];
        std::string whole;
        for (const std::string& line : source.text(document)) {
            terms_of_line(
                folding, line,
                [&](char32_t a, char32_t b) { table.add(PostingTable::pair(a, b), 0, number); },
                [&](std::string_view word) { table.add(table.word(word), 0, number); });
            whole += line + '\n';
        }
        if (whole.empty()) continue;
        whole.pop_back();
        std::string& data = texts.of(number);
        if (!data.empty()) data += ",\n";
        const std::string variants = variants_in(folding, whole);
        data += fmt::format("[{},{}{}]", number, script_text(whole),
                            variants.empty() ? "" : "," + script_text(variants));
    }
    texts.finish();
    take_buckets("x", table.write(shape.text_buckets, PostingTable::Ranks::none), take,
                 {segment, shape.segments});
}

void write_variants(const Folding& folding, const TakeShard& take) {
    std::vector<std::string> data(variant_buckets);
    for (const FoldedPair& pair : folding.variants()) {
        std::string& bucket = data[pair.from % variant_buckets];
        append_utf8(bucket, pair.from);
        append_utf8(bucket, pair.to);
    }
    take_buckets("v", data, take);
}

}  // namespace qunying

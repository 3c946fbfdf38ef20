// Writes the index of random documents, and what the twin finds in them for random queries.
//   search_twin FOLDER SEED DOCUMENTS QUERIES     leaves FOLDER/search/*.js and FOLDER/answers.json
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

#include "base/digest.h"
#include "base/text.h"
#include "search/script_text.h"
#include "search/twin.h"

using namespace qunying;

namespace {

struct Hanzi {
    char32_t character;
    std::vector<std::string> readings;
};

const std::vector<Hanzi> alphabet = {{U'曾', {"zeng", "ceng"}},
                                     {U'单', {"shan", "dan", "chan"}},
                                     {U'田', {"tian"}},
                                     {U'建', {"jian"}},
                                     {U'刚', {"gang"}},
                                     {U'吕', {"lv", "lu"}},
                                     {U'王', {"wang"}},
                                     {U'安', {"an"}},
                                     {U'西', {"xi"}},
                                     {U'先', {"xian"}},
                                     {U'刘', {"liu"}},
                                     {U'镕', {"rong"}},
                                     {U'长', {"chang", "zhang"}},
                                     {U'英', {"ying"}},
                                     {U'艾', {"ai"}},
                                     {U'𬭎', {"hong"}},
                                     {U'𠅤', {"jun"}},
                                     {U'䶮', {"yan"}},
                                     {U'中', {"zhong"}},
                                     {U'州', {"zhou"}},
                                     {U'阿', {"a", "e"}}};
const std::vector<FoldedPair> variants = {{U'é', U'e'},   {U'ü', U'u'},   {U'ǚ', U'u'},  {U'劉', U'刘'},
                                          {U'單', U'单'}, {U'鎔', U'镕'}, {U'長', U'长'}};

class Dice {
  public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    std::size_t below(std::size_t count) { return engine_() % count; }
    bool once_in(std::size_t count) { return below(count) == 0; }
    template <class List>
    const auto& of(const List& list) {
        return list[below(list.size())];
    }

  private:
    std::mt19937 engine_;
};

const std::vector<std::string>& readings_of(char32_t c) {
    static const std::vector<std::string> none;
    for (const Hanzi& each : alphabet) {
        if (each.character == c) return each.readings;
    }
    return none;
}

std::string character(Dice& dice) {
    // ü is read as v and written as u: a name in letters that holds it is spelt in one way only.
    const char32_t variant = dice.of(variants).from;
    if (dice.once_in(12) && variant != U'ü' && variant != U'ǚ') return to_utf8(std::u32string(1, variant));
    return to_utf8(std::u32string(1, dice.of(alphabet).character));
}

std::string words(Dice& dice, std::size_t length) {
    static const std::vector<std::string> others = {"，", "、", " ", "2020", "Bona", "·", "３", "“", "é"};
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += dice.once_in(7) ? dice.of(others) : character(dice);
    return text;
}

struct Document {
    SearchName name;
    std::vector<SearchTitle> titles;
    std::vector<std::string> text;
};

class RandomSource final : public SearchSource {
  public:
    RandomSource(Dice& dice, const Folding& folding, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            Document each;
            each.name.text = words(dice, 2 + dice.below(3));
            if (dice.once_in(10)) each.name.text += "Lily";
            for (const SearchToken& token : folding.tokens(each.name.text))
                each.name.readings.push_back(token.character == 0 ? std::vector<std::string>{token.word}
                                                                  : readings_of(token.character));
            each.name.weight = static_cast<unsigned>(dice.below(6));
            for (std::size_t n = dice.below(3); n > 0; --n)
                each.titles.push_back({dice.once_in(2), words(dice, 2 + dice.below(6))});
            for (std::size_t n = dice.below(4); n > 0; --n)
                each.text.push_back(words(dice, 5 + dice.below(30)));
            documents.push_back(std::move(each));
            keys.push_back(fmt::format("kind/{}", i));
        }
    }
    SearchName name(std::size_t i) const override { return documents[i].name; }
    std::vector<SearchTitle> titles(std::size_t i) const override { return documents[i].titles; }
    std::vector<std::string> text(std::size_t i) const override { return documents[i].text; }
    SearchFacets facets(std::size_t i) const override {
        return {{static_cast<std::uint32_t>(i % 3), 1, static_cast<std::uint32_t>(i % 90)}, {120, 100}};
    }
    std::string card(std::size_t i) const override {
        return fmt::format("\"people/{}.html\",{},1,{},[120,100],\"\",\"\",\"\",\"\",0", i, i % 3, i % 90);
    }

    std::vector<Document> documents;
    std::vector<std::string> keys;
};

// A run of code points of a text.
std::string piece(Dice& dice, const std::string& text, std::size_t longest) {
    const std::u32string all = to_utf32(text);
    if (all.empty()) return {};
    const std::size_t begin = dice.below(all.size());
    return to_utf8(all.substr(begin, 1 + dice.below(longest)));
}

// A run of a name as somebody spells it: in full, by initials, with blanks, capitals or tones, partly in
// hanzi.
std::string spelt(Dice& dice, const Folding& folding, const Document& document) {
    const std::vector<SearchToken> tokens = folding.tokens(document.name.text);
    if (tokens.empty()) return "a";
    const std::size_t begin = dice.below(tokens.size());
    const std::size_t end = begin + 1 + dice.below(tokens.size() - begin);
    const bool initials = dice.once_in(3), mixed = dice.once_in(5), blanks = dice.once_in(4);
    std::string query;
    for (std::size_t i = begin; i < end; ++i) {
        if (document.name.readings[i].empty()) break;
        std::string reading = dice.of(document.name.readings[i]);
        if (mixed && tokens[i].character != 0 && dice.once_in(2)) {
            append_utf8(query, tokens[i].character);
            continue;
        }
        if (initials || dice.once_in(8)) reading = reading.substr(0, 1 + dice.below(2));
        if (i + 1 == end && dice.once_in(3)) reading = reading.substr(0, 1 + dice.below(reading.size()));
        if (reading == "lv" && dice.once_in(2)) reading = "lǚ";
        if (blanks && dice.once_in(2)) query += ' ';
        query += reading;
    }
    return query;
}

std::string random_query(Dice& dice, const Folding& folding, const RandomSource& source) {
    const Document& document = dice.of(source.documents);
    switch (dice.below(8)) {
        case 0:
        case 1:
            return piece(dice, document.name.text, 4);
        case 2:
        case 3:
            return spelt(dice, folding, document);
        case 4:
            return document.titles.empty() ? words(dice, 2) : piece(dice, dice.of(document.titles).text, 6);
        case 5:
            return document.text.empty() ? words(dice, 3) : piece(dice, dice.of(document.text), 8);
        case 6:
            return piece(dice, document.name.text, 2) + " " +
                   (document.text.empty() ? words(dice, 2) : piece(dice, dice.of(document.text), 4));
        default:
            return words(dice, 1 + dice.below(4));
    }
}

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

void write_index(const RandomSource& source, const Folding& folding, const SearchShape& shape,
                 const std::filesystem::path& folder) {
    std::vector<NamedShard> named;
    const TakeShard take = [&](SearchShard&& shard) {
        named.push_back({shard.name, shard_mark(digest_of(shard.bytes))});
        write(folder / shard_path(shard.name, named.back().mark), shard.bytes);
    };
    write_names(source, folding, shape, take);
    write_titles(source, folding, shape, take);
    for (std::uint32_t segment = 0; segment < shape.segments; ++segment)
        write_texts(source, folding, shape, segment, take);
    write_variants(folding, take);
    for (SearchShard& directory : write_directories(named)) take(std::move(directory));
    write(folder / "search/index.js", write_head(shape, named, "{}"));
}

std::string answers_json(const std::vector<TwinHit>& hits, const SearchShape& shape) {
    std::string out = "[";
    for (const TwinHit& hit : hits)
        out += fmt::format("{}[{},{},{},{}]", out.size() > 1 ? "," : "", shape.numbers.numbers[hit.document],
                           hit.stage, hit.exact ? 1 : 0, hit.quality);
    return out + "]";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const std::filesystem::path folder = argv[1];
    Dice dice(static_cast<unsigned>(std::atoi(argv[2])));
    const Folding folding(variants);
    const RandomSource source(dice, folding, static_cast<std::size_t>(std::atoi(argv[3])));
    SearchShape shape = shape_search(std::vector<std::string_view>(source.keys.begin(), source.keys.end()),
                                     source.keys.size() * 100);
    // Small indexes in the measures of big ones.
    shape.segments = 1U << dice.below(3);
    shape.segment_width = shape.numbers.capacity / shape.segments;
    shape.name_buckets = shape.title_buckets = 8;
    shape.text_buckets = 4;
    shape.texts_per_file = shape.cards_per_file = 1U << dice.below(3);
    shape.facets_per_file = 32;
    std::filesystem::remove_all(folder);
    write_index(source, folding, shape, folder);
    std::string answers = "[\n";
    for (int i = std::atoi(argv[4]); i > 0; --i) {
        const std::string query = random_query(dice, folding, source);
        answers +=
            fmt::format("[{},{}]{}\n", script_text(query),
                        answers_json(search_slowly(source, folding, source.documents.size(), query), shape),
                        i > 1 ? "," : "");
    }
    write(folder / "answers.json", answers + "]\n");
    return 0;
}

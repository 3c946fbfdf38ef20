// The pieces of the index one by one; tests/search holds the whole against the twin.
#include <doctest/doctest.h>
#include <map>
#include <random>
#include <set>

#include "search/dense_code.h"
#include "search/document_numbers.h"
#include "search/folding.h"
#include "search/postings.h"
#include "search/prefix_table.h"
#include "search/script_text.h"
#include "search/search_index.h"
#include "search/twin.h"

using namespace qunying;

namespace {

std::vector<std::string> texts_of(const Folding& folding, std::string_view text) {
    std::vector<std::string> texts;
    for (const SearchToken& token : folding.tokens(text))
        texts.push_back(token.character == 0 ? token.word : to_utf8(std::u32string(1, token.character)));
    return texts;
}

std::map<std::string, std::string> taken(const std::function<void(const TakeShard&)>& write) {
    std::map<std::string, std::string> shards;
    write([&](SearchShard&& shard) { shards[shard.name] = shard.bytes; });
    return shards;
}

}  // namespace

TEST_CASE("numbers read back from dense codes") {
    std::string text;
    std::vector<std::uint32_t> numbers = {0,    55,     56,     57,         1903,
                                          1904, 62'887, 62'888, 16'777'215, 4'294'967'295U};
    for (const std::uint32_t number : numbers) append_dense(text, number);
    CHECK(text.substr(0, 4) == "#Z[#");
    std::string_view rest = text;
    for (const std::uint32_t number : numbers) CHECK(take_dense(rest) == number);
    CHECK(rest.empty());
    CHECK(text.find_first_of("\"\\|~!") == std::string::npos);
}

TEST_CASE("a text is folded to characters and words") {
    const std::vector<FoldedPair> pairs = {{U'劉', U'刘'}, {U'é', U'e'}};
    const Folding folding(pairs);
    CHECK(texts_of(folding, "劉“希”政，2020年ＡBc") ==
          std::vector<std::string>{"刘", "希", "政", "2020", "年", "abc"});
    CHECK(texts_of(folding, "Café·𠅤") == std::vector<std::string>{"cafe", "𠅤"});
    CHECK(texts_of(folding, "，。 ").empty());
    CHECK(folding.variants().size() == 1);
}

TEST_CASE("a document keeps its number when another one comes or goes") {
    std::vector<std::string> names;
    for (int i = 0; i < 290; ++i) names.push_back("people/p" + std::to_string(i));
    std::vector<std::string_view> keys(names.begin(), names.end());
    const DocumentNumbers all = number_documents(keys);
    CHECK(std::set<std::uint32_t>(all.numbers.begin(), all.numbers.end()).size() == 290);
    CHECK(std::is_sorted(all.order.begin(), all.order.end(),
                         [&](auto a, auto b) { return all.numbers[a] < all.numbers[b]; }));
    keys.pop_back();
    const DocumentNumbers fewer = number_documents(keys);
    CHECK(fewer.capacity == all.capacity);
    int moved = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) moved += all.numbers[i] == fewer.numbers[i] ? 0 : 1;
    CHECK(moved <= 6);
}

TEST_CASE("postings read back, ranks apart, words in the order of their letters") {
    PostingTable table(10);
    for (const std::uint32_t number : {10U, 12U, 12U, 99U})
        table.add(PostingTable::pair(U'建', U'刚'), 0, number);
    table.add(PostingTable::pair(U'建', U'刚'), 2, 11);
    table.add(table.word("zoo"), 1, 20);
    table.add(table.word("ant"), 1, 21);
    const std::string written = table.write(1, PostingTable::Ranks::written).front();
    CHECK(written == "建刚|##$[A|%$~ant|$.~zoo|$-");
    CHECK(read_gaps("#$[A", 10) == std::vector<std::uint32_t>{10, 12, 99});
}

TEST_CASE("a long list becomes a bitmap where that is shorter") {
    std::mt19937 dice(7);
    for (const unsigned one_in : {1U, 2U, 3U, 7U, 50U}) {
        PostingTable table(100);
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t number = 100; number < 1'500; ++number) {
            if (dice() % one_in != 0) continue;
            numbers.push_back(number);
            table.add(PostingTable::character(U'王'), 0, number);
        }
        const std::string written = table.write(1, PostingTable::Ranks::none).front();
        const std::string gaps = written.substr(written.find('|') + 1);
        CHECK(read_gaps(gaps, 100) == numbers);
        CHECK(gaps.size() <= 1'400 / 6 + 2);
        CHECK(gaps.starts_with('!') == (one_in <= 3));
    }
}

TEST_CASE("terms go where search.js looks for them") {
    CHECK(term_hash("建刚") == 2'705'811'760U);
    CHECK(term_hash("2020") == 295'821'828U);
    CHECK(term_hash("𠅤") == 919'226'424U);
}

TEST_CASE("spoken names are cut into files by their first letters") {
    PrefixTable table;
    table.add("TianJian", "tianj", 0, 3);
    table.add("TianJian", "tianj", 0, 5);
    table.add("TianJiang", "tianj", 1, 4);
    table.add("WangAn", "wanga", 0, 1);
    const auto whole = taken([&](const TakeShard& take) { table.write("p", 2, 1'000, take); });
    CHECK(whole.size() == 2);
    CHECK(whole.at("p/ti") == "qunyingSearch(\"p/ti\",\"#TianJian|#&$~+g|$'\");\n");
    const auto cut = taken([&](const TakeShard& take) { table.write("p", 2, 10, take); });
    CHECK(cut.contains("p/tianj"));
    CHECK(cut.contains("p/wa"));
}

TEST_CASE("texts stand in scripts whole") {
    CHECK(script_text("a\"b\\c\nd\u2028\x01") == "\"a\\\"b\\\\c\\nd\\u2028\\u0001\"");
}

TEST_CASE("the head names every file, by way of directories where they are many") {
    std::vector<NamedShard> shards = {{"n/0", "aaaaaa"}, {"n/2", "bbbbbb"}, {"p/zha", "cccccc"}};
    const std::vector<std::string_view> keys = {"people/a"};
    const SearchShape shape = shape_search(keys, 100);
    CHECK(write_directories(shards).empty());
    const std::string head = write_head(shape, shards, "{}");
    CHECK(head.find("\"n\":\"aaaaaa------bbbbbb\"") != std::string::npos);
    CHECK(head.find("\"p\":\"zha cccccc\"") != std::string::npos);
    for (int i = 0; i < 500; ++i) shards.push_back({"t/" + std::to_string(i), "dddddd"});
    const std::vector<SearchShard> directories = write_directories(shards);
    CHECK(directories.size() == 8);  // of 64 each
    CHECK(directories.back().name == "d/t7");
    for (const SearchShard& directory : directories) shards.push_back({directory.name, "eeeeee"});
    CHECK(write_head(shape, shards, "{}").find("\"t\":[64,\"eeeeeeeeeeee") != std::string::npos);
    CHECK(shard_path("n/2", "bbbbbb") == "search/n-2-bbbbbb.js");
}

TEST_CASE("files named by letters stand in directories by first letter where they are many") {
    std::vector<NamedShard> shards;
    for (const char first : {'a', 'z', '2'}) {
        for (int i = 100; i < 200; ++i)
            shards.push_back({std::string("p/") + first + std::to_string(i), "aaaaaa"});
    }
    const std::vector<SearchShard> directories = write_directories(shards);
    REQUIRE(directories.size() == 3);
    CHECK(directories.front().name == "d/p2");
    CHECK(directories.back().bytes.starts_with("qunyingSearch(\"d/pz\",\"z100 aaaaaa z101 aaaaaa"));
    for (const SearchShard& directory : directories) shards.push_back({directory.name, "bbbbbb"});
    const std::vector<std::string_view> keys = {"people/a"};
    const std::string head = write_head(shape_search(keys, 100), shards, "{}");
    CHECK(head.find("\"p\":[\"2 bbbbbb a bbbbbb z bbbbbb\"]") != std::string::npos);
}

TEST_CASE("the twin tells the parts of a query and how a name fits") {
    const Folding folding;
    CHECK(parts_of_query(folding, "江苏 王建国").size() == 2);
    CHECK(parts_of_query(folding, "张　燕").size() == 1);
    CHECK(parts_of_query(folding, "tian jian").size() == 1);
    const std::vector<FoldedPair> umlaut = {{U'ǚ', U'u'}};
    const QueryPart spoken = parts_of_query(Folding(umlaut), "Lǚ4").front();
    CHECK(spoken.front().spoken == "lv");
    CHECK(spoken.front().word == "lu4");
    const SearchName name{"曾建刚", {{"zeng", "ceng"}, {"jian"}, {"gang"}}, SpokenFrom::anywhere, 0};
    const auto quality = [&](std::string_view query) {
        return name_quality(folding, name, parts_of_query(folding, query).front());
    };
    CHECK(quality("曾建刚") == 0);
    CHECK(quality("曾建") == 1);
    CHECK(quality("建刚") == 2);
    CHECK(quality("cengjiangang") == 3);
    CHECK(quality("zengji") == 4);
    CHECK(quality("jian gang") == 5);
    CHECK(quality("zjg") == 6);
    CHECK(quality("cj") == 7);
    CHECK(quality("jgang") == 8);
    CHECK(quality("建gang") == 5);
    CHECK(quality("zg") == -1);
}

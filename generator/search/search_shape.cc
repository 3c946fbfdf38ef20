// The measures of an index, and its head.
#include <algorithm>
#include <array>
#include <bit>
#include <fmt/format.h>
#include <map>

#include "base/failure.h"
#include "search/script_text.h"
#include "search/search_index.h"

namespace qunying {
namespace {

// What a visitor's query shall load of a family, about, for each of its terms; and what one document adds to
// each family. Measured with 10,000 people of 1,200 hanzi (docs/search.md).
constexpr std::uint64_t name_bytes_a_term = 1'200, title_bytes_a_term = 1'000, text_bytes_a_term = 12'000;
constexpr std::uint64_t text_bytes_a_file = 8'000;
constexpr std::uint64_t name_bytes_a_document = 30, title_bytes_a_document = 60;
constexpr std::size_t longest_list_of_files = 192, longest_list_of_letters = 100;  // in the head itself
constexpr std::size_t smallest_directory = 64;                                     // files
constexpr std::size_t mark_length = 6;

std::uint32_t buckets_for(std::uint64_t bytes, std::uint64_t a_file) {
    const std::uint64_t wanted = std::clamp<std::uint64_t>((bytes + a_file - 1) / a_file, 1, 4096);
    return static_cast<std::uint32_t>(std::bit_ceil(wanted));
}

// What the postings of so many bytes of prose take: about one in five bytes begins a pair of characters that
// its text has not had yet, and every pair is written out once, of which a short text brings many new ones.
std::uint64_t posting_bytes(std::uint64_t text_bytes) {
    return text_bytes * 27 / 100 + std::min(text_bytes, 200'000 + text_bytes / 10);
}

std::uint32_t segments_for(std::size_t documents) {
    if (documents < 4'096) return 1;
    if (documents < 8'192) return 2;
    return documents < 65'536 ? 4 : 8;
}

using NamedMarks = std::map<std::string, std::string>;

// A file is known by its family's letter and either a number or letters.
struct Family {
    std::vector<std::string> numbered;  // marks by number, empty where there is no such file
    NamedMarks named;                   // marks by letters
    // Marks of d/FAMILYn, or by first letter of d/FAMILYx.
    std::vector<std::string> directories;
    NamedMarks directories_by_letter;

    bool has_many_numbers() const { return numbered.size() > longest_list_of_files; }
    bool has_many_names() const { return named.size() > longest_list_of_letters; }
    // Files a directory, so that neither they nor the head grow long; a query loads more directories than
    // one.
    std::size_t directory_size() const {
        std::size_t size = smallest_directory;
        while (2 * size * size < numbered.size()) size *= 2;
        return size;
    }
};

void put_mark(std::vector<std::string>& marks, std::string_view number, const std::string& mark) {
    const auto at = static_cast<std::size_t>(std::stoul(std::string(number)));
    if (marks.size() <= at) marks.resize(at + 1);
    marks[at] = mark;
}

// Files of p/ and i/ are named by letters, which may be digits too; all others by numbers.
bool is_lettered(char family) { return family == 'p' || family == 'i'; }

std::map<char, Family> families_of(std::span<const NamedShard> shards) {
    std::map<char, Family> families;
    for (const NamedShard& shard : shards) {
        QY_CHECK(shard.name.size() > 2 && shard.mark.size() == mark_length);
        const bool directory = shard.name.front() == 'd';
        const char letter = shard.name[directory ? 2 : 0];
        const std::string rest = shard.name.substr(directory ? 3 : 2);
        Family& family = families[letter];
        if (is_lettered(letter)) {
            (directory ? family.directories_by_letter : family.named)[rest] = shard.mark;
        } else {
            put_mark(directory ? family.directories : family.numbered, rest, shard.mark);
        }
    }
    return families;
}

std::string marks_of(const std::vector<std::string>& marks, std::size_t begin, std::size_t end) {
    std::string all;
    for (std::size_t i = begin; i < std::min(end, marks.size()); ++i)
        all += marks[i].empty() ? std::string(mark_length, '-') : marks[i];
    return all;
}

// "zha MARK zhe MARK"
std::string named_text(const NamedMarks& marks) {
    std::string text;
    for (const auto& [letters, mark] : marks) {
        if (!text.empty()) text += ' ';
        text += letters + ' ' + mark;
    }
    return text;
}

std::string family_script(const Family& family) {
    if (family.has_many_numbers()) {
        const std::string marks = marks_of(family.directories, 0, family.directories.size());
        return fmt::format("[{},{}]", family.directory_size(), script_text(marks));
    }
    if (family.has_many_names()) return "[" + script_text(named_text(family.directories_by_letter)) + "]";
    return script_text(family.named.empty() ? marks_of(family.numbered, 0, family.numbered.size())
                                            : named_text(family.named));
}

SearchShard directory(std::string name, std::string_view text) {
    std::string bytes = shard_script(name, script_text(text));
    return {std::move(name), std::move(bytes)};
}

void add_directories(char letter, const Family& family, std::vector<SearchShard>& directories) {
    const std::size_t size = family.directory_size();
    for (std::size_t begin = 0; family.has_many_numbers() && begin < family.numbered.size(); begin += size) {
        directories.push_back(directory(fmt::format("d/{}{}", letter, begin / size),
                                        marks_of(family.numbered, begin, begin + size)));
    }
    if (!family.has_many_names()) return;
    std::map<char, NamedMarks> by_letter;
    for (const auto& [letters, mark] : family.named) by_letter[letters.front()][letters] = mark;
    for (const auto& [first, marks] : by_letter)
        directories.push_back(directory(fmt::format("d/{}{}", letter, first), named_text(marks)));
}

}  // namespace

bool SearchShape::same_measures(const SearchShape& other) const {
    return numbers.numbers == other.numbers.numbers && segments == other.segments &&
           segment_width == other.segment_width && name_buckets == other.name_buckets &&
           title_buckets == other.title_buckets && text_buckets == other.text_buckets &&
           cards_per_file == other.cards_per_file && texts_per_file == other.texts_per_file;
}

std::span<const std::uint32_t> SearchShape::documents_of(std::uint32_t segment) const {
    const auto at_least = [&](std::uint32_t number) {
        return std::partition_point(numbers.order.begin(), numbers.order.end(), [&](std::uint32_t document) {
            return numbers.numbers[document] < number;
        });
    };
    const auto begin = at_least(segment * segment_width);
    const bool last = segment + 1 == segments;
    const auto end = last ? numbers.order.end() : at_least((segment + 1) * segment_width);
    return std::span(begin, end);
}

SearchShape shape_search(std::span<const std::string_view> keys, std::uint64_t text_bytes) {
    SearchShape shape;
    shape.numbers = number_documents(keys);
    const std::uint64_t documents = std::max<std::size_t>(1, keys.size());
    shape.segments = segments_for(keys.size());
    shape.segment_width = shape.numbers.capacity / shape.segments;
    shape.name_buckets = buckets_for(documents * name_bytes_a_document, name_bytes_a_term);
    shape.title_buckets = buckets_for(documents * title_bytes_a_document, title_bytes_a_term);
    // A term is looked up in all segments.
    shape.text_buckets = buckets_for(posting_bytes(text_bytes), text_bytes_a_term);
    // Two numbers of three are a document's.
    const std::uint64_t of_one = text_bytes / documents + 200;
    const std::uint64_t fitting = std::max<std::uint64_t>(1, text_bytes_a_file * 3 / 2 / of_one);
    shape.texts_per_file = static_cast<std::uint32_t>(std::min<std::uint64_t>(64, std::bit_floor(fitting)));
    return shape;
}

std::string shard_mark(const Digest& digest) {
    static constexpr char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | digest.bytes[i];
    std::string mark;
    for (std::size_t i = 0; i < mark_length; ++i) mark += letters[bits >> (5 * i) & 31];
    return mark;
}

std::string shard_path(std::string_view name, std::string_view mark) {
    QY_CHECK(name.size() > 2 && name[1] == '/');
    return fmt::format("search/{}-{}-{}.js", name.front(), name.substr(2), mark);
}

std::vector<SearchShard> write_directories(std::span<const NamedShard> shards) {
    std::vector<SearchShard> directories;
    for (const auto& [letter, family] : families_of(shards)) add_directories(letter, family, directories);
    return directories;
}

std::string write_head(const SearchShape& shape, std::span<const NamedShard> shards, std::string_view about) {
    std::string files;
    for (const auto& [letter, family] : families_of(shards)) {
        if (!files.empty()) files += ",\n";
        files += fmt::format("\"{}\":{}", letter, family_script(family));
    }
    const std::string data = fmt::format(
        "{{\"format\":2,\"documents\":{},\"segments\":{},\"width\":{},"
        "\"buckets\":{{\"n\":{},\"f\":{},\"x\":{},\"v\":{}}},\"per\":{{\"e\":{},\"t\":{},\"c\":{}}},\n"
        "\"about\":{},\n\"files\":{{\n{}}}}}",
        shape.numbers.order.size(), shape.segments, shape.segment_width, shape.name_buckets,
        shape.title_buckets, shape.text_buckets, variant_buckets, shape.cards_per_file, shape.texts_per_file,
        shape.facets_per_file, about, files);
    return shard_script("index", data);
}

}  // namespace qunying

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

// What a file shall hold at most, about; and what one document adds to each family. Measured with 10,000
// people of 1,200 hanzi (docs/search.md).
constexpr std::uint64_t lookup_bytes = 8'000, postings_a_file = 16'000, text_bytes_a_file = 32'000;
constexpr std::uint64_t name_bytes_a_document = 30, title_bytes_a_document = 60;
// Of the texts' bytes, their postings take about so many hundredths.
constexpr std::uint64_t posting_hundredths = 20;
constexpr std::size_t longest_list_of_files = 400;  // in the head itself
constexpr std::size_t files_a_directory = 256;
constexpr std::size_t mark_length = 6;

std::uint32_t buckets_for(std::uint64_t bytes, std::uint64_t a_file) {
    const std::uint64_t wanted = std::clamp<std::uint64_t>((bytes + a_file - 1) / a_file, 1, 4096);
    return static_cast<std::uint32_t>(std::bit_ceil(wanted));
}

std::uint32_t segments_for(std::size_t documents) {
    if (documents < 4'096) return 1;
    if (documents < 8'192) return 2;
    return documents < 65'536 ? 4 : 8;
}

// A file is known by its family's letter and either a number or letters.
struct Family {
    std::vector<std::string> numbered;         // marks by number, empty where there is no such file
    std::map<std::string, std::string> named;  // marks by letters
};

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::map<char, Family> families_of(std::span<const NamedShard> shards) {
    std::map<char, Family> families;
    for (const NamedShard& shard : shards) {
        QY_CHECK(shard.name.size() > 2 && shard.mark.size() == mark_length);
        Family& family = families[shard.name.front()];
        const std::string rest = shard.name.substr(2);
        if (shard.name.front() == 'p' || shard.name.front() == 'i' || !is_number(rest)) {
            family.named[rest] = shard.mark;
            continue;
        }
        const auto number = static_cast<std::size_t>(std::stoul(rest));
        if (family.numbered.size() <= number) family.numbered.resize(number + 1);
        family.numbered[number] = shard.mark;
    }
    return families;
}

std::string marks_of(const Family& family, std::size_t begin, std::size_t end) {
    std::string all;
    for (std::size_t i = begin; i < std::min(end, family.numbered.size()); ++i)
        all += family.numbered[i].empty() ? std::string(mark_length, '-') : family.numbered[i];
    return all;
}

bool needs_directories(char letter, const Family& family) {
    return letter != 'd' && family.numbered.size() > longest_list_of_files;
}

std::string family_script(char letter, const Family& family) {
    if (needs_directories(letter, family)) return "1";  // its files stand in d/
    std::string text;
    for (const auto& [letters, mark] : family.named) {
        if (!text.empty()) text += ' ';
        text += letters + ' ' + mark;
    }
    return script_text(family.named.empty() ? marks_of(family, 0, family.numbered.size()) : text);
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
    shape.name_buckets = buckets_for(documents * name_bytes_a_document, lookup_bytes);
    shape.title_buckets = buckets_for(documents * title_bytes_a_document, lookup_bytes);
    shape.text_buckets = buckets_for(text_bytes * posting_hundredths / 100 / shape.segments, postings_a_file);
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
    for (const auto& [letter, family] : families_of(shards)) {
        if (!needs_directories(letter, family)) continue;
        for (std::size_t begin = 0, n = 0; begin < family.numbered.size(); begin += files_a_directory, ++n) {
            const std::string name = fmt::format("d/{}{}", letter, n);
            directories.push_back(
                {name, shard_script(name, script_text(marks_of(family, begin, begin + files_a_directory)))});
        }
    }
    return directories;
}

std::string write_head(const SearchShape& shape, std::span<const NamedShard> shards, std::string_view about) {
    std::string files;
    for (const auto& [letter, family] : families_of(shards)) {
        if (!files.empty()) files += ",\n";
        files += fmt::format("\"{}\":{}", letter, family_script(letter, family));
    }
    const std::string data = fmt::format(
        "{{\"format\":1,\"documents\":{},\"segments\":{},\"width\":{},"
        "\"buckets\":{{\"n\":{},\"f\":{},\"x\":{},\"v\":{}}},\"per\":{{\"e\":{},\"t\":{},\"c\":{}}},\n"
        "\"about\":{},\n\"files\":{{\n{}}}}}",
        shape.numbers.order.size(), shape.segments, shape.segment_width, shape.name_buckets,
        shape.title_buckets, shape.text_buckets, variant_buckets, shape.cards_per_file, shape.texts_per_file,
        shape.facets_per_file, about, files);
    return shard_script("index", data);
}

}  // namespace qunying

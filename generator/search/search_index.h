#pragma once
// Documents → an index in many small files, of which a search loads a few. docs/search.md is the format;
// twin.h says the same slowly. Everything here is a function of the documents, so that an index that was
// brought up to date is the same as one made anew.
//
// Files, each a script that hands its shard over by `qunyingSearch(NAME, DATA)`:
//   n/BUCKET   characters and pairs of characters of names
//   p/LETTERS  readings of names, by first letters
//   i/LETTERS  initials of names
//   e/NUMBER   cards of documents, with their names and titles
//   c/NUMBER   what facets count
//   f/BUCKET   pairs and words of titles and honours
//   x/NUMBER   pairs and words of all texts
//   t/NUMBER   the texts themselves, for excerpts
//   v/BUCKET   variants of hanzi
//   d/FAMILYn  names of files, where they are many
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "search/document_numbers.h"
#include "search/folding.h"

namespace qunying {

// Where in a name a spoken query may begin: people are looked for by any part, institutions by the beginning.
enum class SpokenFrom : std::uint8_t { anywhere, beginning };

struct SearchName {
    std::string text;
    // By token of the folded text: all readings in a–z and 0–9, the usual one first.
    std::vector<std::vector<std::string>> readings;
    SpokenFrom spoken = SpokenFrom::anywhere;
    unsigned weight = 0;  // 0 to 7; among equal hits the lower one comes first
};

struct SearchTitle {
    bool own = true;  // says what the document is (epithet, unit); otherwise what it belongs to
    std::string text;
};

struct SearchFacets {
    std::vector<std::uint32_t> single;  // the same count for all documents
    std::vector<std::uint32_t> many;    // any number of values of one more facet
};

// What is searched. Documents are counted from 0; every call may come from any thread.
class SearchSource {
  public:
    virtual ~SearchSource() = default;
    virtual SearchName name(std::size_t document) const = 0;
    virtual std::vector<SearchTitle> titles(std::size_t document) const = 0;
    // Paragraph by paragraph.
    virtual std::vector<std::string> text(std::size_t document) const = 0;
    virtual SearchFacets facets(std::size_t document) const = 0;
    // What a result shows beside the name: members of a JavaScript array, `"people/a.html",0,…`.
    virtual std::string card(std::size_t document) const = 0;
};

// The measures of an index, fixed before it is made: they hang on how many documents there are and how much
// text in all, in steps, and so stay what they were after nearly every change.
struct SearchShape {
    DocumentNumbers numbers;
    std::uint32_t segments = 1;       // the texts' postings are cut by numbers, so that less is made anew
    std::uint32_t segment_width = 0;  // numbers a segment; the last one takes what is left
    std::uint32_t name_buckets = 1, title_buckets = 1, text_buckets = 1;
    std::uint32_t cards_per_file = 8, texts_per_file = 1, facets_per_file = 1024;  // numbers

    // Whether documents and files of both have the same numbers.
    bool same_measures(const SearchShape& other) const;
    // The documents of a segment, by number.
    std::span<const std::uint32_t> documents_of(std::uint32_t segment) const;
};

// `keys` tell documents apart for good; `text_bytes` is about what all texts take together.
SearchShape shape_search(std::span<const std::string_view> keys, std::uint64_t text_bytes);

// Variants are asked for by single characters: a query loads a few of these small files, and only where it
// finds nothing without.
inline constexpr std::uint32_t variant_buckets = 128;

struct SearchShard {
    std::string name;   // n/3
    std::string bytes;  // of the file
};
using TakeShard = std::function<void(SearchShard&&)>;

// Families n, p, i, e, c; then f; then x and t of one segment; then v. Empty shards are left out.
void write_names(const SearchSource& source, const Folding& folding, const SearchShape& shape,
                 const TakeShard& take);
void write_titles(const SearchSource& source, const Folding& folding, const SearchShape& shape,
                  const TakeShard& take);
void write_texts(const SearchSource& source, const Folding& folding, const SearchShape& shape,
                 std::uint32_t segment, const TakeShard& take);
void write_variants(const Folding& folding, const TakeShard& take);

// A shard and what tells its file from any other of that name: six letters or digits.
struct NamedShard {
    std::string name, mark;
};
// Six letters or digits of the digest of a file's bytes.
std::string shard_mark(const Digest& digest);
// search/n-3-ab12cd.js
std::string shard_path(std::string_view name, std::string_view mark);

// The d/ files of families too long for the head. `shards` are all others, in any order.
std::vector<SearchShard> write_directories(std::span<const NamedShard> shards);
// search/index.js, which alone names all others. `about` is a JavaScript value that the page asks for: labels
// of facets and kinds.
std::string write_head(const SearchShape& shape, std::span<const NamedShard> shards, std::string_view about);

}  // namespace qunying

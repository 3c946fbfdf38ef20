#pragma once
// A content file read whole, front matter and story, and its compact form for a memory of files that did not
// change.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/document.h"
#include "syntax/markdown.h"

namespace qunying {

// What parse_document and parse_markdown make of it: it depends on the bytes of the source alone, but for the
// source that its spans name.
struct ParsedFile {
    Document document;
    MarkdownStory story;
};

// The parsed file as bytes that name no source: equal files have equal bytes.
std::string pack(const ParsedFile& file);
// The same, added to `out`.
void append_packed(std::string& out, const Document& document, const MarkdownStory& story);

// Whether these are bytes that `pack` wrote, by their digest.
bool is_packed(std::string_view bytes);

// What `pack` wrote, its spans in `source`. Nothing where the bytes are torn, rotten or another version's;
// whatever comes back is whole, and no span or part reaches beyond the length the file had.
std::optional<ParsedFile> unpack(std::string_view bytes, SourceId source);

// The same without story, and of the front matter nothing but the entries of these keys; lists and mappings
// among them are empty. For a first look at many files.
std::optional<Document> unpack_entries(std::string_view bytes, SourceId source,
                                       std::span<const std::string_view> keys);

}  // namespace qunying

#pragma once
// A content file between its bytes and its record. Parsing depends on the bytes of one file alone, so build/
// remembers the result for good; what becomes of a record depends on all names of the site, so that is
// remembered as long as they stay (content_file.h).
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/cpu_time.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/parsed_file.h"

namespace qunying {

struct ParsedRecord {
    SourceId source = no_source;
    // The front matter, packed: as a tree it takes six times the room, and all files of a site are here at
    // once.
    std::string front;
    std::uint32_t body_begin = 0, body_end = 0;  // the story's bytes in the file
    MarkdownStory story;                         // its plain text cut to what pages quote of it
    bool stars_left = false;                     // the whole plain text held a *
    bool put_by = false;                         // the runs of html are replaced by their digests
};

// Where the time of parsing goes; either may be null.
struct ParseTimes {
    CpuTime* yaml = nullptr;
    CpuTime* markdown = nullptr;
};
// Replaces the runs of html by their digests: whoever prints the story takes them from the packed record.
void put_by_story(ParsedRecord& record);
// The runs of html of a record that is not put by.
std::vector<std::string> html_runs(ParsedRecord record);

ParsedRecord parse_record(const SourceFile& source, Diagnostics& diagnostics, ParseTimes times = {});
Document document_of(const ParsedRecord& record);
// With no entries of its front matter but the scalars of these keys.
Document document_of(const ParsedRecord& record, std::span<const std::string_view> keys);

// As syntax/parsed_file.h has it: bytes to remember, and nothing where they are torn.
void append_packed(std::string& out, const ParsedRecord& record);
std::optional<ParsedRecord> unpack_record(std::string_view bytes, SourceId source);

}  // namespace qunying

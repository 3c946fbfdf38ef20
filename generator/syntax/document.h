#pragma once
// A content file: YAML between two lines `---`, then the story in Markdown.
#include <cstdint>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/yaml.h"

namespace qunying {

struct Document {
    SourceId source = no_source;
    // A mapping, or null where there is none.
    YamlNode front;
    // False where the front matter is missing or broken (both reported). `front` then holds what could be
    // read, and whoever misses a field in it must not complain.
    bool front_valid = false;
    // The value of `id:` or `编号:` found line by line in a broken front matter, so that the record still
    // declares its name; empty where there is none or `front_valid`.
    std::string declared_id;
    // The story: bytes [body_begin, body_end) of the source, for parse_markdown.
    std::uint32_t body_begin = 0;
    std::uint32_t body_end = 0;
};

// Never fails: what is wrong is reported. Bytes that are not UTF-8 are reported here, for front matter and
// story.
Document parse_document(const SourceFile& source, Diagnostics& diagnostics);

}  // namespace qunying

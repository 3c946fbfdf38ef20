#pragma once
// A content file on its way into the site, and whoever remembers what became of it the last time. A record is
// a function of its file, of the settings and of what all files of the site are called; load_site knows when
// those are as they were, its caller where the bytes lie.
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/source.h"
#include "load/parsed_record.h"

namespace qunying {

struct ContentFile {
    SourceId source = no_source;
    std::optional<ParsedRecord> parsed;  // nothing as long as `remembered` may do
    // What RecordMemory::remember was last given for these bytes at this path, by this program; or empty.
    std::string_view remembered = {};
    bool silent = true;  // parsing it had nothing to say
};

// Both may be called from several threads.
class RecordMemory {
  public:
    virtual ~RecordMemory() = default;
    // A file that came without being parsed: what is remembered of it will not do. `file` is its index.
    virtual ParsedRecord parse(std::size_t file) = 0;
    virtual void remember(std::size_t file, std::string_view bytes) = 0;
};

}  // namespace qunying

#pragma once
// What became of a content file, as bytes: its declaration as long as the settings are the same, and its
// fields and story as long as all names of the site are the same, too. Only of files that nothing was said
// of; its review and what it takes from the settings' defaults are worked out anew.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "load/declaration.h"
#include "load/field_reader.h"

namespace qunying {

// All that reading a record takes from the site besides the settings: what its names may mean and which files
// are there. A record's id is its place, so the order counts.
Digest digest_of_names(const std::vector<Declaration>& all, const FileSet& files);

// The fields that a record takes from the settings where it does not state them.
inline constexpr std::array<std::string_view, 4> fields_with_defaults = {"status", "visibility", "org",
                                                                         "region"};

struct LoadedUnder {
    Digest settings, names;
};
// `record` with the fields and the story that its file states. Nothing where it speaks of another file.
std::optional<std::string> pack_loaded(const LoadedUnder& under, const Declaration& declaration,
                                       const Kind& kind, const Record& record, Completeness completeness);

// Fills slug, title, their places and `remembered`. False where the bytes are torn or of other settings; then
// the declaration is good for nothing.
bool recall_declaration(std::string_view bytes, const Digest& settings, Declaration& declaration);

struct LoadedLimits {
    const Kinds& kinds;
    std::size_t records;  // of the site
};
// Fills fields and story from a declaration's `remembered` and tells what pack_loaded was told. Nothing where
// the bytes are torn or the names others; then fields and story are good for nothing. Whatever comes back is
// whole: no choice, field or record is beyond the last, no span behind the end of the file.
std::optional<Completeness> recall_contents(const Declaration& declaration, const Digest& names,
                                            const LoadedLimits& limits, Record& record);

}  // namespace qunying

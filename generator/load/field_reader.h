#pragma once
// Field by field from the YAML tree into the record, as the table of kinds says. Every mistake is reported
// once, at its place; a value that cannot be read is absent.
#include <set>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "load/names.h"
#include "model/site.h"
#include "syntax/yaml.h"

namespace qunying {

// The files of the site that are not text, by path: pictures, sound, film.
using FileSet = std::set<std::string, std::less<>>;

// Whether required fields that are missing are reported.
enum class Completeness { whole, salvaged };

// What a field reader may look at. All references outlive the reader.
struct ReadContext {
    const Kinds& kinds;
    const NameIndex& names;
    const FileSet& files;
    std::string_view folder;  // of the record: file names are relative to it
    Diagnostics& diagnostics;
    Completeness completeness = Completeness::whole;  // of groups within the fields
};

// The fields of a kind or group with all spellings of their keys; both outlive it.
struct FieldSpecs {
    const std::vector<FieldSpec>& fields;
    const SpellingTable& spellings;  // may be unbuilt: then the fields are looked through

    std::optional<std::size_t> find(std::string_view key) const;
};

// Fills `fields` (as long as `specs`) from a mapping. `owner` names the thing in messages, e.g. 人物;
// `where` is where a missing field is reported.
FieldTable read_fields(const YamlNode& mapping, const FieldSpecs& specs, std::string_view owner, Span where,
                       Completeness completeness, const ReadContext& context);

// The file that `name` means, seen from the context's folder; reports where it is outside the site or
// missing. A missing file still has its path.
std::optional<FileValue> read_file_name(std::string_view name, Span where, const ReadContext& context);

}  // namespace qunying

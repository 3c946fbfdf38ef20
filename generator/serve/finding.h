#pragma once
// What is wrong, as a page shows it: worked out once after each build, since the sources are gone by the time
// somebody looks.
#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/failure.h"

namespace qunying {

struct Finding {
    Severity severity = Severity::error;
    std::string id;     // of the registry, or empty
    std::string place;  // path:line:column, path, or empty
    std::string message, cure;
    std::string before, marked, after;  // the line, in three parts
    std::string other_place;            // where a mistake has two

    bool operator==(const Finding&) const = default;
};

// All that was found, and the first of it in words.
struct Findings {
    static constexpr std::size_t most = 500;  // nobody reads further before mending those

    std::size_t errors = 0, warnings = 0;
    std::vector<Finding> first;  // errors before warnings, at most `most`

    bool operator==(const Findings&) const = default;
};

Findings findings_of(const Diagnostics& diagnostics, const Sources& sources, Language language);
// The world did not do as asked: the preview goes on and says so.
Findings findings_of(const Failure& failure, Language language);

}  // namespace qunying

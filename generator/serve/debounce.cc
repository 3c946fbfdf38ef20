#include "serve/debounce.h"

#include <algorithm>

namespace qunying {

void Debounce::note(Time now) {
    if (!first_) first_ = now;
    last_ = now;
}

void Debounce::writing(const std::string& path, Time now) {
    open_.insert(path);
    note(now);
}

void Debounce::settled(const std::string& path, Time now) {
    open_.erase(path);
    note(now);
}

std::optional<Debounce::Time> Debounce::due() const {
    if (!first_) return std::nullopt;
    const Time latest = *first_ + longest;
    return open_.empty() ? std::min(latest, last_ + quiet) : latest;
}

}  // namespace qunying

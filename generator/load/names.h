#pragma once
// Who is meant by “wang-yangli”, “王样例”, “team:yangli-team”.
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "model/site.h"

namespace qunying {

class NameIndex {
  public:
    NameIndex(const Kinds& kinds, const Sources& sources) : kinds_(kinds), sources_(sources) {}

    // Makes a record known by its slug, its title and its earlier ids.
    void add(RecordId id, const Record& record);

    // What an unknown reference most likely means, and where that is to be found; empty where nothing is
    // near. `wanted` is the meant_place that resolve left in its finding.
    DiagnosticExtras suggest(const std::string& text, const std::string& wanted) const;

    // The record that `text` means, among `targets` (kind keys; empty: any kind). Reports and yields
    // no_record where there is none or more than one. A finding of an unknown name holds the target kinds in
    // `meant_place` until add_suggestions puts there what may be meant.
    RecordId resolve(std::string_view text, const std::vector<std::string>& targets, Span where,
                     Diagnostics& diagnostics) const;

  private:
    struct Known {
        RecordId id;
        KindId kind;
    };
    std::vector<Known> named(std::string_view name, const std::vector<std::string>& targets) const;
    bool among(KindId kind, const std::vector<std::string>& targets) const;
    std::string labels(const std::vector<std::string>& targets) const;

    const Kinds& kinds_;
    const Sources& sources_;
    std::unordered_multimap<std::string, Known> by_slug_, by_title_;
    std::vector<const Record*> records_;
};

}  // namespace qunying

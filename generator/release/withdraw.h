#pragma once
// Taking somebody out everywhere: the record says so, and from then on no build shows them. What lies outside
// the reach of any program is listed, so that people can call it back.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "model/site.h"
#include "system/disk.h"

namespace qunying {

// The text of a record with 状态: 撤下, the day and the reason; every other byte is as it was. Keys are
// written in the language of the file. Nothing where the front matter cannot be read, which is reported.
std::optional<std::string> withdrawn_text(const SourceFile& file, const Kind& kind, PartialDate day,
                                          std::string_view reason, Diagnostics& diagnostics);

// Puts a text in place of a file that is there: whole or not at all.
void replace_text(Disk& disk, const std::string& path, std::string_view text);

// The record that is meant by an id or a name: a person first of all. no_record where there is none; more
// than one person of that name is none, and their ids come in `several`.
RecordId record_to_withdraw(const Site& site, const std::string& wanted, std::vector<std::string>& several);

// What has to be called back by people.
struct OutsideCopy {
    std::string chinese, english;

    bool operator==(const OutsideCopy&) const = default;
};

// Its printed address, reports, films elsewhere, exhibitions, albums, screens of venues, hosts (names of
// content/publish.yaml), and those that no program knows of.
std::vector<OutsideCopy> outside_copies(const Site& site, RecordId record,
                                        const std::vector<std::string>& hosts);

}  // namespace qunying

#pragma once
// What a run that is broken off leaves behind, so that the next one goes on from there: a mark at the place,
// which says what may not be as the manifest there says, and a journal here, which says what is certain
// nevertheless.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "release/publish_plan.h"
#include "system/disk.h"

namespace qunying {

inline constexpr const char* mark_name = "publishing.json";

struct PublishMark {
    std::string run;                  // names the run; no other has the same
    std::vector<std::string> paths;   // what it, and those that were broken off before it, may have changed
    std::vector<std::string> unseen;  // pages and entries among them that nobody can come by

    bool operator==(const PublishMark&) const = default;
};

std::string write_mark(const PublishMark& mark);
// Nothing where it is torn, or names what no release may hold.
std::optional<PublishMark> parse_mark(std::string_view text);

// One file a place, each line with a sum of its own. A line that is torn says nothing.
class PublishJournal {
  public:
    // `path` is a file on the site's disk, in a folder that is there.
    PublishJournal(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}

    // What run `run` knew of the paths that it touched; nothing where this is not its journal.
    std::optional<KnownFiles> recall(std::string_view run) const;

    // Forgets every other run; `known` is what is certain of paths that were touched before.
    void begin(std::string_view run, const KnownFiles& known);
    void is_there(std::string_view path, const OutputFile& file);
    void is_gone(std::string_view path);
    void is_unsure(std::string_view path);
    void clear();

  private:
    Disk& disk_;
    std::string path_;
};

}  // namespace qunying

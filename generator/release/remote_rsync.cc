// A web host behind ssh, by rsync: it writes each file under a temporary name and renames it, and compares by
// content. Nothing is asked on a terminal: keys and known hosts belong to ssh's own settings.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/failure.h"
#include "base/text.h"
#include "release/remote.h"
#include "release/remote_tools.h"

namespace qunying {
namespace {

constexpr const char* rsync = "rsync";
constexpr const char* partial_folder = ".qunying-partial";  // of a long file that was broken off
constexpr const char* held_folder = ".~tmp~";               // of pages that --delay-updates holds back
constexpr const char* nothing = "nothing";                  // a folder in scratch with folders alone
constexpr std::size_t batch = 4000;                         // files of one call
constexpr std::uint64_t longest_small_file = std::uint64_t{256} << 20;

class RsyncRemote final : public Remote {
  public:
    RsyncRemote(const std::string& place, const LocalRelease& release, std::string scratch)
        : where_(place),
          place_(place.ends_with('/') ? place : place + "/"),
          source_(release.path + "/"),
          scratch_(std::move(scratch)) {}

    std::optional<std::string> read(const std::string& name) override;
    void write(const std::string& name, std::string_view bytes) override;
    void upload(const Paths& paths, Arrival arrival, const Done& done) override;
    void remove(const Paths& paths, const Done& done) override;
    void remove_empty_folders(const Paths& folders) override;
    std::vector<Seen> compare(const Paths& paths) override;
    void clear_leftovers(const Paths& folders) override;

  private:
    std::vector<std::string> words(std::vector<std::string> more) const;
    OutsideRun run(std::vector<std::string> more, std::string_view input = {}) const {
        return need_tool(rsync, words(std::move(more)), where_, input);
    }

    OutsideRun remove_missing(const Paths& paths, std::vector<std::string> more = {}) const;

    std::string where_, place_;
    std::string source_, scratch_;
};

// What every call begins with. Whoever sets RSYNC_RSH knows better how to get there.
std::vector<std::string> RsyncRemote::words(std::vector<std::string> more) const {
    std::vector<std::string> all = {"--protect-args", "--timeout=120"};
    if (!std::getenv("RSYNC_RSH")) {
        all.emplace_back("--rsh=ssh -oBatchMode=yes -oConnectTimeout=20 -oServerAliveInterval=20");
    }
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::optional<std::string> RsyncRemote::read(const std::string& name) {
    const auto disk = real_disk(scratch_);
    if (disk->status(name)) disk->remove_file(name);
    run({"--ignore-missing-args", "--checksum", "--", place_ + name, scratch_ + "/"});
    return disk->read_if_there(name, longest_small_file);
}

void RsyncRemote::write(const std::string& name, std::string_view bytes) {
    const auto disk = real_disk(scratch_);
    if (disk->status(name)) disk->remove_file(name);
    disk->write_new_file(name, bytes);
    run({"--checksum", "--chmod=F644", "--", scratch_ + "/" + name, place_});
}

// What nobody sees may lie there in part, so that a film need not begin anew; pages are held back until all
// have come and then renamed one after another, so that old and new ones are mixed as shortly as can be.
void RsyncRemote::upload(const Paths& paths, Arrival arrival, const Done& done) {
    const bool seen = arrival == Arrival::seen;
    const std::string held = seen ? "--delay-updates" : std::string("--partial-dir=") + partial_folder;
    for (std::size_t begin = 0; begin < paths.size(); begin += batch) {
        const Paths part(paths.begin() + static_cast<std::ptrdiff_t>(begin),
                         paths.begin() + static_cast<std::ptrdiff_t>(std::min(begin + batch, paths.size())));
        run({"--checksum", "--chmod=D755,F644", held, "--from0", "--files-from=-", "--", source_, place_},
            list_of(part, '\0'));
        for (const std::string& path : part) done(path);
    }
}

// rsync removes there what it is asked for and does not find here, provided that the folder is here.
OutsideRun RsyncRemote::remove_missing(const Paths& paths, std::vector<std::string> more) const {
    const auto disk = real_disk(scratch_);
    remove_tree(*disk, nothing);
    create_folders(*disk, nothing);
    for (const std::string& path : paths) create_folders(*disk, join_path(nothing, split_path(path).folder));
    for (const char* word : {"--delete-missing-args", "--existing", "--from0", "--files-from=-", "--"})
        more.emplace_back(word);
    more.push_back(scratch_ + "/" + nothing + "/");
    more.push_back(place_);
    return run(std::move(more), list_of(paths, '\0'));
}

void RsyncRemote::remove(const Paths& paths, const Done& done) {
    remove_missing(paths);
    for (const std::string& path : paths) done(path);
}

// One after another: none may be asked for that is the folder of the next. rsync leaves alone what is not
// empty.
void RsyncRemote::remove_empty_folders(const Paths& folders) {
    for (const std::string& folder : folders) remove_missing({folder});
}

std::vector<Seen> RsyncRemote::compare(const Paths& paths) {
    const OutsideRun told = run(
        {"--dry-run", "--checksum", "--out-format=%i %n", "--from0", "--files-from=-", "--", source_, place_},
        list_of(paths, '\0'));
    std::map<std::string_view, Seen> other;
    for (const std::string_view line : split(told.output, '\n')) {
        const std::size_t space = line.find(' ');
        // <f+++++++++ is a file that is not there, <fcs...... one that is another.
        if (space == std::string_view::npos || space < 3 || line[1] != 'f') continue;
        other[line.substr(space + 1)] = line[2] == '+' ? Seen::missing : Seen::differs;
    }
    std::vector<Seen> seen;
    for (const std::string& path : paths) {
        const auto found = other.find(path);
        seen.push_back(found == other.end() ? Seen::same : found->second);
    }
    return seen;
}

// Parts of files that a run which was broken off never finished, and pages that it held back.
void RsyncRemote::clear_leftovers(const Paths& folders) {
    Paths parts;
    for (const std::string& folder : folders) {
        for (const char* name : {partial_folder, held_folder}) parts.push_back(join_path(folder, name));
    }
    if (!parts.empty()) remove_missing(parts, {"--force"});
}

}  // namespace

std::unique_ptr<Remote> rsync_remote(const std::string& place, const LocalRelease& release,
                                     const std::string& scratch) {
    return std::make_unique<RsyncRemote>(place, release, scratch);
}

}  // namespace qunying

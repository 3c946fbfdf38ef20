#pragma once
// A place that a site is published to: a folder of this machine, a web host behind ssh, whatever rclone
// knows. Only what publishing needs of it; what is uploaded are files of one finished release.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/publish_settings.h"
#include "system/disk.h"
#include "system/manifest.h"

namespace qunying {

using Paths = std::vector<std::string>;

// The finished release. All must outlive whoever holds it, and nobody may change the folder meanwhile.
struct LocalRelease {
    Disk& disk;
    std::string folder;  // on the disk
    std::string path;    // the same folder from the root of the machine, for programs
    const Manifest& manifest;
};

// A file there, beside the release's file of that name.
enum class Seen {
    same,       // its bytes are the release's
    same_size,  // so is its length; more the place cannot tell
    differs,
    missing,
};

// Whether a visitor may be reading the file that is there now.
enum class Arrival { unseen, seen };

// Every call throws Failure, or RemoteFailure, when the place does not do as asked; some of the paths may be
// done then. Paths are those of a release, or one of the two names that publishing keeps for itself.
class Remote {
  public:
    virtual ~Remote() = default;
    using Done = std::function<void(std::string_view path)>;

    // A small file in the root; nothing where there is none.
    virtual std::optional<std::string> read(const std::string& name) = 0;
    // Replaces it, in one step where the place can.
    virtual void write(const std::string& name, std::string_view bytes) = 0;
    // Brings files of the release there, and says so of each that is known to have arrived whole. What is
    // `seen` is replaced in one step where the place can.
    virtual void upload(const Paths& paths, Arrival arrival, const Done& done) = 0;
    // What is not there is removed already.
    virtual void remove(const Paths& paths, const Done& done) = 0;
    // Removes those folders, deepest first, that are empty.
    virtual void remove_empty_folders(const Paths& folders) = 0;
    // In the order of the paths; all are files of the release.
    virtual std::vector<Seen> compare(const Paths& paths) = 0;
    // Not back before all that was done so far is on the medium, as far as the place lets us say so.
    virtual void settle() {}
    // Removes what uploads left for themselves; one that was broken off may have done so in those folders.
    virtual void clear_leftovers(const Paths& folders) = 0;
    // Whether a file that a visitor was reading had to be replaced bit by bit.
    virtual bool replaced_bit_by_bit() const { return false; }
};

// `scratch` is a folder of this machine, from its root, for small files; it is there.
std::unique_ptr<Remote> open_remote(const PublishTarget& target, const LocalRelease& release,
                                    const std::string& scratch);

std::unique_ptr<Remote> directory_remote(const std::string& folder, const LocalRelease& release);
std::unique_ptr<Remote> rsync_remote(const std::string& place, const LocalRelease& release,
                                     const std::string& scratch);
std::unique_ptr<Remote> rclone_remote(const std::string& place, const LocalRelease& release,
                                      const std::string& scratch);

}  // namespace qunying

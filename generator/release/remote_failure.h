#pragma once
// Why a host did not do as asked, told from what rsync, ssh and rclone say.
#include <string>
#include <string_view>

#include "base/failure.h"

namespace qunying {

enum class Trouble {
    program_missing,         // rsync, ssh or rclone is not installed here
    remote_program_missing,  // rsync is not installed there
    host_unknown,
    unreachable,  // refused, too slow, broken off
    host_key,     // ssh was never told that the host is the right one, or it is another one now
    login,
    no_permission,
    disk_full,
    place_missing,   // the folder that shall hold the site's
    unknown_remote,  // rclone's settings have none of that name
    not_as_sent,     // what lies there is not what was sent
    someone_else,    // another run publishes to the same place
    other,
};

class RemoteFailure : public Failure {
  public:
    // `where` is the target's place, `said` what the program said, possibly nothing.
    RemoteFailure(Trouble trouble, const std::string& where, std::string said);

    Trouble trouble() const { return trouble_; }
    const std::string& said() const { return said_; }

  private:
    Trouble trouble_;
    std::string said_;
};

// What `said` amounts to. `exit_code` is the program's: 127 and 255 of ssh say something by themselves.
Trouble trouble_in(std::string_view said, int exit_code);

// The last lines of what a program said, without empty ones: what a person may want to see.
std::string last_words(std::string_view said);

}  // namespace qunying

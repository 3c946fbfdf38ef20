#pragma once
// Why nothing was installed, in words for whoever looks after the screen.
#include <exception>
#include <string>

#include "base/diagnostic.h"

namespace qunying {

enum class Refusal {
    no_pack,  // at {found}
    newer_format,
    damaged,    // in {found}
    cut_short,  // {found} has not the length it should have
    unknown_key,
    old_key,  // of epoch {found}, where {expected} is the oldest that is taken
    wrong_audience,
    other_site,  // of {found}, here {expected}
    other_venue,
    older,          // sequence {found}, here {expected}
    too_large,      // {found} bytes, {expected} at most
    no_room,        // {found} bytes more are needed, there are {expected}
    failed_before,  // sequence {found} did not start three times
    stick_broke,    // reading {found} failed
    no_curl,
    unreachable,        // {found}: what curl says
    not_on_server,      // {found}
    no_ranges,          // {found}
    busy,               // another program installs
    not_our_folder,     // {found} holds something else
    bad_trust,          // {found} is no trust file
    nothing_installed,  // in {found}
    nothing_verified,   // in {found}
};

class Refused : public std::exception {
  public:
    explicit Refused(Refusal why, std::string found = {}, std::string expected = {});

    const char* what() const noexcept override { return what_.c_str(); }
    Refusal why() const { return why_; }
    const std::string& found() const { return found_; }
    const std::string& expected() const { return expected_; }

  private:
    Refusal why_;
    std::string found_, expected_, what_;
};

// One or two sentences: what was found, that the screen still shows what it showed, what to do.
std::string refusal_text(const Refused& refused, Language language);

// 1 where the pack is at fault, 3 where the world is: the stick, the line, the disk, another program.
int exit_code_of(Refusal why);

// 1.2 GB
std::string amount_text(std::uint64_t bytes);

}  // namespace qunying

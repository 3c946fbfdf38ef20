#pragma once
// How a screen starts: a release is chosen, looked through and opened, and whoever opened it says so. One
// that was opened three times without that is left alone while there is another.
#include <cstdint>
#include <string>

#include "release/kiosk_folder.h"

namespace qunying {

inline constexpr unsigned starts_before_quarantine = 3;

struct StartChoice {
    std::uint64_t sequence = 0;
    std::string folder;  // in the folder of the screen
    std::string news;    // what went wrong with others, for the staff's screen and the log; may be empty
};

// The release to open, every file of it as it was signed. Counts the start. Throws
// Refused(nothing_installed, nothing_verified). `name` is what the folder is called in messages.
StartChoice choose_release(KioskFolder& kiosk, const Trust& trust, std::int64_t now, const std::string& name);

// The browser runs with what was chosen last. Throws Refused(nothing_installed).
std::uint64_t confirm_start(KioskFolder& kiosk, const std::string& name);

}  // namespace qunying

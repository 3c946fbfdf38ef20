#pragma once
// What a machine with a touch screen needs around the installed content: units, a policy for the browser, a
// launch script, updates from a stick and from an address (docs/kiosk.md). Only texts are made here; who
// calls writes them.
#include <optional>
#include <string>
#include <vector>

namespace qunying {

struct KioskSetup {
    std::string folder = "/opt/qunying-kiosk";  // where releases are installed
    std::string screen = "1920x1080";           // width and height as the visitor sees them
    std::string user = "kiosk";                 // whose browser it is
    std::string url;                            // of packs; empty: sticks alone
};

// Which part of a setup cannot be written down: shells, units and policies read it, so it is of plain
// characters.
enum class SetupFault { folder, screen, user, url };
std::optional<SetupFault> fault_of(const KioskSetup& setup);

struct SetupFile {
    std::string path;  // in the folder that is carried to the machine
    std::string text;
};

// Everything but the public key and the program qunying-install, whose places follow; sorted by path. `setup`
// has no fault.
std::vector<SetupFile> kiosk_setup_files(const KioskSetup& setup);
inline constexpr const char* setup_trust_path = "files/etc/qunying-kiosk/trust.key";
inline constexpr const char* setup_installer_path = "files/usr/local/bin/qunying-install";
inline constexpr const char* setup_apply_path = "apply.sh";

}  // namespace qunying

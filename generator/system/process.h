#pragma once
#include <string>

namespace qunying {

// Lets writes to a closed pipe or past a size limit fail with an error, instead of ending the process
// (SIGPIPE, SIGXFSZ). The first thing main calls.
void protect_process();

// Asks the desktop (xdg-open) to show an address. Where there is none, nothing happens.
void open_in_browser(const std::string& address);

// Memory of this process that is in use now, in bytes; 0 where the kernel does not say. For reports alone.
std::uint64_t resident_bytes();

}  // namespace qunying

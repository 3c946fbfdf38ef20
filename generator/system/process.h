#pragma once
#include <string>
#include <vector>

namespace qunying {

// Lets writes to a closed pipe or past a size limit fail with an error, instead of ending the process
// (SIGPIPE, SIGXFSZ). The first thing main calls.
void protect_process();

// Asks the desktop (xdg-open) to show an address. Where there is none, nothing happens.
void open_in_browser(const std::string& address);

// Runs a program of this machine on the same terminal and waits for it; its exit code, 128 and the signal's
// number where one ended it. Throws Failure when it cannot be started.
int run_attached(const std::string& program, const std::vector<std::string>& arguments);

// Memory of this process that is in use now, in bytes; 0 where the kernel does not say. For reports alone.
std::uint64_t resident_bytes();

}  // namespace qunying

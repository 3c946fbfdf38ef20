#pragma once
#include <string>

namespace qunying {

// Names this very program: the build id that the linker put into it, in hex. Programs that may write other
// bytes have another one, so it is part of every key of what a build remembers.
std::string program_build();

}  // namespace qunying

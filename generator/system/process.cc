#include "system/process.h"

#include <csignal>

namespace qunying {

void protect_process() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace qunying

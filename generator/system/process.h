#pragma once

namespace qunying {

// Lets writes to a closed pipe or past a size limit fail with an error, instead of ending the process
// (SIGPIPE, SIGXFSZ). The first thing main calls.
void protect_process();

}  // namespace qunying

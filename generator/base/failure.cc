#include "base/failure.h"

#include <cstdio>
#include <cstdlib>

namespace qunying {

Failure::Failure(std::string operation, std::string path, std::error_code code)
    : operation_(std::move(operation)),
      path_(std::move(path)),
      code_(code),
      what_(operation_ + (path_.empty() ? "" : " " + path_) + ": " + code_.message()) {}

void report_broken_invariant(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, condition);
    std::abort();
}

}  // namespace qunying

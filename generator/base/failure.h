#pragma once
// The world's faults and our own. Authors' faults are diagnostics and never thrown.
#include <exception>
#include <string>
#include <system_error>

namespace qunying {

// A disk, a process or a port did not do as asked. Thrown only in system, serve, release and commands;
// caught in main.cc.
class Failure : public std::exception {
  public:
    // `operation` is a verb phrase in English for logs, e.g. "write"; `path` may be empty.
    Failure(std::string operation, std::string path, std::error_code code);

    const char* what() const noexcept override { return what_.c_str(); }
    const std::string& operation() const { return operation_; }
    const std::string& path() const { return path_; }
    std::error_code code() const { return code_; }

  private:
    std::string operation_, path_;
    std::error_code code_;
    std::string what_;
};

// Prints the broken invariant and aborts.
[[noreturn]] void report_broken_invariant(const char* condition, const char* file, int line);

}  // namespace qunying

// An invariant of ours. Stays on in release builds: a wrong site is worse than none.
#define QY_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::qunying::report_broken_invariant(#condition, __FILE__, __LINE__))

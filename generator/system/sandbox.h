#pragma once
// What a worker gives up once its libraries have started: everything but memory, processor and the
// descriptors it holds. Each part is used where the kernel offers it; the report says which.
#include <cstdint>
#include <string>

namespace qunying {

enum class Enforcement { enforced, unavailable, skipped };

struct SandboxReport {
    Enforcement no_new_privileges = Enforcement::unavailable;
    Enforcement files = Enforcement::unavailable;         // Landlock: nothing but reading system libraries
    Enforcement system_calls = Enforcement::unavailable;  // seccomp: an allow-list
    Enforcement memory = Enforcement::unavailable;        // RLIMIT_DATA
};

// For people: "no_new_privs yes, Landlock yes, seccomp yes, memory 400 MiB".
std::string describe(const SandboxReport& report);

// Before any thread is started, for Landlock binds only the calling thread and those it starts later.
void restrict_files(SandboxReport& report);
// Private writable memory in bytes; skipped under sanitizers, whose shadow is larger than any limit.
void restrict_memory(SandboxReport& report, std::uint64_t bytes);
// When everything has been started; binds all threads. Later calls of what is not allowed fail, they do not
// kill.
void restrict_system_calls(SandboxReport& report);

}  // namespace qunying

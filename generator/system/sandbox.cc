#include "system/sandbox.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <fmt/format.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <set>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#include "system/worker_wire.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define QUNYING_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QUNYING_SANITIZED 1
#endif

namespace qunying {
namespace {

std::string_view word(Enforcement enforcement) {
    switch (enforcement) {
        case Enforcement::enforced:
            return "yes";
        case Enforcement::unavailable:
            return "no";
        case Enforcement::skipped:
            return "skipped";
    }
    return "";
}

// ---- files: Landlock
// ----------------------------------------------------------------------------------------

// Every access that some version of Landlock knows, by the version that brought it (linux/landlock.h).
// Written out, for the header of the system we are built on may be older than the kernel we run on.
std::uint64_t accesses_of_version(long version) {
    std::uint64_t accesses = (1ULL << 13) - 1;  // execute … make_sym
    if (version >= 2) accesses |= 1ULL << 13;   // refer
    if (version >= 3) accesses |= 1ULL << 14;   // truncate
    if (version >= 5) accesses |= 1ULL << 15;   // ioctl_dev
    return accesses;
}

constexpr std::uint64_t read_only = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t read_file = LANDLOCK_ACCESS_FS_READ_FILE;

int note_folder(dl_phdr_info* library, std::size_t, void* folders) {
    const std::string_view path = library->dlpi_name;
    const std::size_t slash = path.rfind('/');
    if (slash != std::string_view::npos && slash > 0) {
        static_cast<std::set<std::string>*>(folders)->emplace(path.substr(0, slash));
    }
    return 0;
}

// The folders that hold what is loaded already: modules and codecs that follow lie beside or below.
std::set<std::string> library_folders() {
    std::set<std::string> folders;
    dl_iterate_phdr(note_folder, &folders);
    return folders;
}

// A path that is not there needs no rule.
bool allow_reading(int ruleset, const std::string& path, std::uint64_t accesses) {
    const OwnedDescriptor place(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!place.valid()) return true;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = accesses;
    rule.parent_fd = place.get();
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

bool allow_libraries(int ruleset) {
    bool added = allow_reading(ruleset, "/etc/ld.so.cache", read_file);
    for (const std::string& folder : library_folders())
        added = allow_reading(ruleset, folder, read_only) && added;
    return added;
}

bool enter_landlock() {
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return false;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = accesses_of_version(version);
    const OwnedDescriptor ruleset(
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
    if (!ruleset.valid() || !allow_libraries(ruleset.get())) return false;
    return syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
}

// ---- system calls: seccomp
// ----------------------------------------------------------------------------------

#if defined(__x86_64__)
constexpr std::uint32_t this_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t this_architecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t this_architecture = 0;  // no filter written for it
#endif

// What computing, allocating, threads, the socket pair and a death need, and nothing that opens, connects,
// starts or looks at anything. Libraries and their data are open by now.
constexpr auto allowed_calls = std::to_array<long>({
    // the job, the answer and the pair
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_lseek,
    SYS_fstat,
    SYS_close,
    SYS_recvmsg,
    SYS_sendmsg,
    SYS_fcntl,
    // memory
    SYS_brk,
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    // threads (clone is looked at more closely below)
    SYS_futex,
    SYS_set_robust_list,
    SYS_get_robust_list,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_gettid,
    SYS_getpid,
    SYS_getcpu,
    SYS_membarrier,
    SYS_exit,
    SYS_exit_group,
    SYS_restart_syscall,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_poll
    SYS_poll,
#endif
    SYS_ppoll,
    SYS_eventfd2,
    // signals to itself
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    // time and chance
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrandom,
#ifdef QUNYING_SANITIZED
    SYS_pipe2,  // how UBSan asks whether memory can be read
#endif
    // what it may know of its host
    SYS_uname,
    SYS_sysinfo,
    SYS_getrusage,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
});

using Filter = std::vector<sock_filter>;

void add(Filter& filter, int code, std::uint32_t value, int when_true = 0, int when_false = 0) {
    filter.push_back({static_cast<std::uint16_t>(code), static_cast<std::uint8_t>(when_true),
                      static_cast<std::uint8_t>(when_false), value});
}

void load(Filter& filter, std::size_t offset) {
    add(filter, BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

void answer(Filter& filter, std::uint32_t verdict) { add(filter, BPF_RET | BPF_K, verdict); }

std::uint32_t refuse(int error) { return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error); }

// The low half of argument `index`; both architectures are little-endian.
std::size_t argument(std::size_t index) {
    return offsetof(seccomp_data, args) + index * sizeof(std::uint64_t);
}

// When the call is `number`: allowed where the masked argument equals `wanted`, else refused.
void allow_when(Filter& filter, long number, std::size_t index, std::uint32_t mask, std::uint32_t wanted) {
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 5);
    load(filter, argument(index));
    add(filter, BPF_ALU | BPF_AND | BPF_K, mask);
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, wanted, 0, 1);
    answer(filter, SECCOMP_RET_ALLOW);
    answer(filter, refuse(EPERM));
}

void answer_when(Filter& filter, long number, std::uint32_t verdict) {
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1);
    answer(filter, verdict);
}

Filter make_filter() {
    Filter filter;
    load(filter, offsetof(seccomp_data, arch));
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, this_architecture, 1, 0);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(seccomp_data, nr));
    for (const long number : allowed_calls) answer_when(filter, number, SECCOMP_RET_ALLOW);
    allow_when(filter, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
    allow_when(filter, SYS_tgkill, 0, ~0U, static_cast<std::uint32_t>(getpid()));
    allow_when(filter, SYS_prctl, 0, ~0U, PR_SET_NAME);
    // Its flags lie in memory, where no filter sees them: the C library falls back to clone.
    answer_when(filter, SYS_clone3, refuse(ENOSYS));
    answer(filter, refuse(EPERM));
    return filter;
}

bool install(Filter filter) {
    const sock_fprog program{static_cast<std::uint16_t>(filter.size()), filter.data()};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

bool refuse_new_privileges() { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0; }

}  // namespace

std::string describe(const SandboxReport& report) {
    return fmt::format("no_new_privs {}, Landlock {}, seccomp {}, memory limit {}",
                       word(report.no_new_privileges), word(report.files), word(report.system_calls),
                       word(report.memory));
}

void restrict_files(SandboxReport& report) {
    if (!refuse_new_privileges()) return;
    report.no_new_privileges = Enforcement::enforced;
    if (enter_landlock()) report.files = Enforcement::enforced;
}

void restrict_memory(SandboxReport& report, std::uint64_t bytes) {
#ifdef QUNYING_SANITIZED
    static_cast<void>(bytes);
    report.memory = Enforcement::skipped;
#else
    const rlimit both{bytes, bytes};
    if (setrlimit(RLIMIT_DATA, &both) == 0) report.memory = Enforcement::enforced;
#endif
}

void restrict_system_calls(SandboxReport& report) {
    if (this_architecture == 0 || report.no_new_privileges != Enforcement::enforced) return;
    if (install(make_filter())) report.system_calls = Enforcement::enforced;
}

}  // namespace qunying

// Preloaded into a program: counts what it asks of the allocator, and says it at the end.
//
//   LD_PRELOAD=liballocation_counter.so ALLOCATION_COUNT=FILE program …
//
// Every call is passed on to glibc under the names that it keeps for this. Only the first process counts:
// picture workers run as often as the machine has cores.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

std::atomic<unsigned long long> calls{0};

// A child that inherits the environment must not write over its parent's count.
struct Report {
    const char* path = std::getenv("ALLOCATION_COUNT");

    Report() {
        if (path) unsetenv("LD_PRELOAD");
    }
    ~Report() {
        const unsigned long long total = calls;
        std::FILE* file = path ? std::fopen(path, "w") : nullptr;
        if (!file) return;
        std::fprintf(file, "%llu\n", total);
        std::fclose(file);
    }
} report;

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
    ++calls;
    return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
    ++calls;
    return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) {
    ++calls;
    return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
    ++calls;
    return __libc_memalign(alignment, size);
}

void* memalign(std::size_t alignment, std::size_t size) { return aligned_alloc(alignment, size); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    *memory = aligned_alloc(alignment, size);
    return *memory ? 0 : ENOMEM;
}
}

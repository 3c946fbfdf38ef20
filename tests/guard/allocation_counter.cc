// Preloaded into a program: counts what it asks of the allocator, and says it at the end.
//
//   LD_PRELOAD=liballocation_counter.so ALLOCATION_COUNT=FILE program …
//
// Every call is passed on to the allocator that the program would have had without this: mimalloc where it is
// linked, which brings an operator new of its own, else glibc's. What frees is left alone. Only the first
// process counts: picture workers run as often as the machine has cores.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <new>

namespace {

std::atomic<unsigned long long> calls{0};

// The function of that name that this one hides. dlsym allocates nothing when it finds what it is asked for.
template <class Function>
Function* hidden(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void* or_throw(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

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
    static auto* const next = hidden<void*(std::size_t)>("malloc");
    ++calls;
    return next(size);
}

void* calloc(std::size_t count, std::size_t size) {
    static auto* const next = hidden<void*(std::size_t, std::size_t)>("calloc");
    ++calls;
    return next(count, size);
}

void* realloc(void* memory, std::size_t size) {
    static auto* const next = hidden<void*(void*, std::size_t)>("realloc");
    ++calls;
    return next(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
    static auto* const next = hidden<void*(std::size_t, std::size_t)>("memalign");
    ++calls;
    return next(alignment, size);
}

void* memalign(std::size_t alignment, std::size_t size) { return aligned_alloc(alignment, size); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    *memory = aligned_alloc(alignment, size);
    return *memory ? 0 : ENOMEM;
}
}

void* operator new(std::size_t size) { return or_throw(malloc(size)); }
void* operator new[](std::size_t size) { return or_throw(malloc(size)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return malloc(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return malloc(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return or_throw(aligned_alloc(static_cast<std::size_t>(alignment), size));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return or_throw(aligned_alloc(static_cast<std::size_t>(alignment), size));
}

#pragma once
// Opens paths below one folder and nothing outside it. Known to real_disk.cc alone.
#include <cerrno>
#include <string>
#include <sys/types.h>
#include <unistd.h>
#include <utility>

#include "system/disk.h"

namespace qunying {

// Closes on destruction, where nothing can be lost any more; writers close by hand and look at the answer.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_ = -1;
};

// Repeats a call that a signal interrupted, though not for ever. Never used for close and fsync: their second
// answer would be a lie.
template <class Call>
auto retry(Call call) {
    auto result = call();
    for (int attempt = 0; result < 0 && errno == EINTR && attempt < 1000; ++attempt) result = call();
    return result;
}

// No symbolic link on the way is followed, and no part leads upwards: by the kernel's openat2, or part by
// part.
class RootedOpener {
  public:
    RootedOpener() = default;
    RootedOpener(Descriptor root, PathResolution resolution);

    // A closed descriptor and errno where it cannot be opened. "" is the root itself.
    Descriptor open(const std::string& path, int flags, mode_t mode) const;
    int root() const { return root_.number(); }

  private:
    Descriptor open_part_by_part(const std::string& path, int flags, mode_t mode) const;

    Descriptor root_;
    bool has_openat2_ = false;
};

}  // namespace qunying

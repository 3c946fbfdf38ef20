#pragma once
// What pool and worker say to each other: packets of one fixed struct, some followed by text, some with
// descriptors. Both ends are of one build, so the struct travels as it lies in memory.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

namespace qunying {

// Closes what it holds.
class OwnedDescriptor {
  public:
    explicit OwnedDescriptor(int descriptor = -1) : descriptor_(descriptor) {}
    OwnedDescriptor(OwnedDescriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OwnedDescriptor& operator=(OwnedDescriptor&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~OwnedDescriptor() { reset(); }

    int get() const { return descriptor_; }
    bool valid() const { return descriptor_ >= 0; }
    void reset();

  private:
    int descriptor_;
};

enum class PacketKind : std::uint32_t {
    limits = 1,  // pool to worker, first of all: length = bytes of private memory, limit = bytes of an answer
    ready,       // worker to pool, once, followed by the greeting
    job,         // pool to worker, with two descriptors: the job (length bytes) and where the answer goes
    answer,      // worker to pool: length bytes of answer have been written
};

inline constexpr std::uint32_t wire_version = 0x51595731;  // "QYW1"; a change of the struct changes it

struct Packet {
    std::uint32_t version = wire_version;
    PacketKind kind = PacketKind::limits;
    std::uint64_t sequence = 0;  // of the job, so that an answer is never taken for another's
    std::uint64_t length = 0;
    std::uint64_t limit = 0;
};

// A packet as it came.
struct Received {
    Packet packet;
    std::string text;
    std::array<OwnedDescriptor, 2> descriptors;
};

inline constexpr std::size_t largest_greeting = 4096;  // bytes; more is cut

// false when the other side has gone; errno says how it failed otherwise.
bool send_packet(int socket, const Packet& packet, std::string_view text = {});
bool send_packet(int socket, const Packet& packet, const std::array<int, 2>& descriptors);

// Nothing when the other side has gone or sent what is no packet of ours. Waits.
std::optional<Received> receive_packet(int socket);

// All of `bytes` into a memfd, from `at` on; false with errno set when it does not fit.
bool write_all(int descriptor, std::string_view bytes, std::size_t at = 0);

}  // namespace qunying

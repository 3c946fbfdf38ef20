#include "syntax/story_memory.h"

#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "base/failure.h"

namespace qunying {

// Stands in front of every piece.
struct alignas(std::max_align_t) StoryMemory::Header {
    std::size_t step = 0;
    Header* next = nullptr;  // while it waits
};

namespace {

constexpr std::size_t small_limit = 512, small_unit = 32;
constexpr std::size_t block_bytes = std::size_t{60} << 10;

std::size_t step_of(std::size_t bytes) {
    if (bytes <= small_limit) return bytes == 0 ? 0 : (bytes - 1) / small_unit;
    return small_limit / small_unit + static_cast<std::size_t>(std::bit_width(bytes - 1)) - 10;
}

std::size_t bytes_of(std::size_t step) {
    if (step < small_limit / small_unit) return (step + 1) * small_unit;
    return small_limit << (step - small_limit / small_unit + 1);
}

}  // namespace

StoryMemory::~StoryMemory() {
    for (void* block : blocks_) std::free(block);
}

char* StoryMemory::cut(std::size_t bytes) {
    if (bytes > left_) {
        const bool own = bytes > block_bytes / 4;
        const std::size_t size = own ? bytes : block_bytes;
        void* block = std::malloc(size);
        QY_CHECK(block != nullptr);
        blocks_.push_back(block);
        if (own) return static_cast<char*>(block);
        next_ = static_cast<char*>(block);
        left_ = size;
    }
    left_ -= bytes;
    return std::exchange(next_, next_ + bytes);
}

void* StoryMemory::take(std::size_t bytes) {
    const std::size_t step = step_of(bytes);
    QY_CHECK(step < steps);
    if (Header* header = waiting_[step]) {
        waiting_[step] = header->next;
        return header + 1;
    }
    return new (cut(sizeof(Header) + bytes_of(step))) Header{step, nullptr} + 1;
}

void* StoryMemory::resize(void* piece, std::size_t bytes) {
    if (!piece) return take(bytes);
    const std::size_t room = bytes_of((static_cast<Header*>(piece) - 1)->step);
    if (bytes <= room) return piece;
    void* larger = take(bytes);
    std::memcpy(larger, piece, room);
    give_back(piece);
    return larger;
}

void StoryMemory::give_back(void* piece) {
    if (!piece) return;
    Header* header = static_cast<Header*>(piece) - 1;
    header->next = std::exchange(waiting_[header->step], header);
}

}  // namespace qunying

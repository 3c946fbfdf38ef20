#pragma once
// Memory for everything that is made while one story is parsed, given back all at once. Inside syntax/ only.
//
// Parsing a story asks some 800 times for small pieces of memory; a third of cmark-gfm's time went there.
// Here a piece is cut from a block, a piece that is given back waits in the list of its size, and the whole
// is dropped with the story, so that no tree is walked to free it. Sizes are rounded up to a few steps, and a
// piece is reused for its own step only: what is held is never more than a small multiple of what was held
// at the worst moment.
#include <array>
#include <cstddef>
#include <vector>

namespace qunying {

class StoryMemory {
  public:
    StoryMemory() = default;
    ~StoryMemory();
    StoryMemory(const StoryMemory&) = delete;
    StoryMemory& operator=(const StoryMemory&) = delete;

    // At least `bytes`, aligned for anything; never null.
    void* take(std::size_t bytes);
    // The same bytes with room for more; `piece` may be null.
    void* resize(void* piece, std::size_t bytes);
    // `piece` may be null.
    void give_back(void* piece);

  private:
    // Steps of 32 bytes up to 512, then powers of two.
    static constexpr std::size_t small_steps = 16, steps = small_steps + 48;
    struct Header;

    char* cut(std::size_t bytes);

    char* next_ = nullptr;
    std::size_t left_ = 0;
    std::array<Header*, steps> waiting_{};
    std::vector<void*> blocks_;
};

}  // namespace qunying

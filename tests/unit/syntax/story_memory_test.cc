#include "syntax/story_memory.h"

#include <cstdint>
#include <cstring>
#include <doctest/doctest.h>
#include <initializer_list>
#include <random>
#include <vector>

using namespace qunying;

namespace {

// A piece full of one byte, which nobody else may touch.
struct Piece {
    char* at = nullptr;
    std::size_t bytes = 0;
    char mark = 0;

    bool whole() const {
        for (std::size_t i = 0; i < bytes; ++i) {
            if (at[i] != mark) return false;
        }
        return true;
    }
    void fill() { std::memset(at, mark, bytes); }
};

}  // namespace

TEST_CASE("pieces keep what is written into them, however they come, grow and go") {
    StoryMemory memory;
    std::vector<Piece> pieces;
    std::mt19937 random(7);
    const auto any_size = [&] { return std::size_t{1} << (random() % 19); };
    for (int round = 0; round < 20'000; ++round) {
        const std::size_t chosen = pieces.empty() ? 0 : random() % pieces.size();
        if (pieces.size() < 50 && random() % 2 == 0) {
            const std::size_t bytes = any_size() + random() % 33;
            pieces.push_back({static_cast<char*>(memory.take(bytes)), bytes, static_cast<char>(round)});
            CHECK(reinterpret_cast<std::uintptr_t>(pieces.back().at) % alignof(std::max_align_t) == 0);
            pieces.back().fill();
        } else if (!pieces.empty() && random() % 3 == 0) {
            Piece& piece = pieces[chosen];
            const std::size_t bytes = piece.bytes + random() % 5000;
            piece.at = static_cast<char*>(memory.resize(piece.at, bytes));
            CHECK(piece.whole());
            piece.bytes = bytes;
            piece.fill();
        } else if (!pieces.empty()) {
            CHECK(pieces[chosen].whole());
            memory.give_back(pieces[chosen].at);
            pieces[chosen] = pieces.back();
            pieces.pop_back();
        }
    }
    for (const Piece& piece : pieces) CHECK(piece.whole());
}

TEST_CASE("a piece that was given back is taken again, so that asking in turns needs no more") {
    StoryMemory memory;
    for (const std::size_t bytes : std::initializer_list<std::size_t>{1, 32, 33, 512, 513, 100'000}) {
        void* first = memory.take(bytes);
        memory.give_back(first);
        CHECK(memory.take(bytes) == first);
    }
    memory.give_back(nullptr);
    CHECK(memory.resize(nullptr, 10) != nullptr);
}

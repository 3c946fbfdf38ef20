#pragma once
// Finds where in the text a construct stands. cmark-gfm's positions are hints: they are wrong behind hard
// breaks, link definitions and escaped pipes, and missing on bare links. So each hint is tested against what
// must stand there, and where it fails the construct is looked for from the last one that was found. Inside
// syntax/ only.
#include <cstddef>
#include <string_view>
#include <vector>

namespace qunying {

// A block's place as cmark-gfm tells it, lines and columns from 1, columns in bytes.
struct BlockHint {
    int line = 0, column = 0, last_line = 0;
};

class PlaceFinder {
  public:
    explicit PlaceFinder(std::string_view text);

    // All that follow stand in this block.
    void enter_block(BlockHint block);
    // Where `literal` stands, near the hint or behind the last place; the block's start where it cannot be
    // found.
    std::size_t find(std::string_view literal, int line, int column);
    // The same, where the hint is good for nothing.
    std::size_t find_next(std::string_view literal) { return find(literal, 0, 0); }
    std::size_t from_hint(int line, int column) const;
    // Constructs are looked for behind this byte from now on.
    void move_to(std::size_t at) { cursor_ = at; }

    std::size_t block_begin() const { return begin_; }
    std::size_t block_end() const { return end_; }

  private:
    std::string_view text_;
    std::vector<std::size_t> lines_;
    BlockHint block_;
    std::size_t begin_ = 0, end_ = 0, cursor_ = 0;
};

}  // namespace qunying

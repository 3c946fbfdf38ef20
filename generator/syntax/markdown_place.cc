#include "syntax/markdown_place.h"

#include <algorithm>

namespace qunying {

PlaceFinder::PlaceFinder(std::string_view text) : text_(text) {
    lines_.push_back(0);
    lines_.reserve(text.size() / 32);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        lines_.push_back(at + 1);
}

void PlaceFinder::enter_block(BlockHint block) {
    block_ = block;
    const auto line = static_cast<std::size_t>(std::max(block.line, 1)) - 1;
    const auto last = static_cast<std::size_t>(std::max(block.last_line, block.line));
    if (line >= lines_.size()) return;
    begin_ = std::min(lines_[line] + static_cast<std::size_t>(std::max(block.column, 1)) - 1, text_.size());
    end_ = last < lines_.size() ? lines_[last] : text_.size();
    end_ = std::max(end_, begin_);
    cursor_ = std::max(cursor_, begin_);
    if (cursor_ > end_) cursor_ = begin_;
}

// On a line behind the first, columns count from the block's column, whatever marks and blanks stand in
// front.
std::size_t PlaceFinder::from_hint(int line, int column) const {
    if (line < 1 || column < 1 || static_cast<std::size_t>(line) > lines_.size()) return text_.size();
    const std::size_t begin = lines_[static_cast<std::size_t>(line) - 1];
    if (line == block_.line) return std::min(begin + static_cast<std::size_t>(column) - 1, text_.size());
    const std::size_t words = std::min(text_.find_first_not_of(" \t>", begin), text_.size());
    return std::min(words + static_cast<std::size_t>(std::max(column - block_.column, 0)), text_.size());
}

std::size_t PlaceFinder::find(std::string_view literal, int line, int column) {
    const std::size_t hint = from_hint(line, column);
    std::size_t at = hint;
    if (hint < cursor_ || !text_.substr(hint).starts_with(literal))
        at = text_.substr(0, end_).find(literal, cursor_);
    if (at == std::string_view::npos) return begin_;
    cursor_ = at;
    return at;
}

}  // namespace qunying

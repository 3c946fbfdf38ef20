#include "hanzi/stroke_order.h"

#include "base/text.h"
#include "hanzi/hanzi_table.h"
#include "hanzi/names.h"

namespace qunying {
namespace {

// The lowest rank there is, so that the blank of 田　富 comes before every character.
constexpr std::uint32_t blank = 0;

void append_rank(std::string& bytes, std::uint32_t rank) {
    for (int shift = 16; shift >= 0; shift -= 8) bytes += static_cast<char>((rank >> shift) & 0xff);
}

std::u32string counted_characters(std::string_view name) {
    std::u32string counted;
    while (!name.empty()) {
        const CodePoint next = decode_first(name);
        name.remove_prefix(next.bytes);
        if (!is_silent_in_name(next.value)) counted += next.value;
    }
    return counted;
}

}  // namespace

StrokeKey stroke_key(std::string_view name, NameOrder order, std::string_view override_key) {
    const std::u32string characters = counted_characters(override_key.empty() ? name : override_key);
    const bool widened = order == NameOrder::surname_strokes && characters.size() == 2;
    StrokeKey key;
    for (const char32_t character : characters) {
        append_rank(key.bytes, hanzi_table::stroke_rank(character));
        if (widened && key.bytes.size() == 3) append_rank(key.bytes, blank);
    }
    return key;
}

int stroke_count(char32_t hanzi) {
    const auto index = hanzi_table::index_of(hanzi);
    return index ? static_cast<int>(hanzi_table::strokes[*index] >> 24) : 0;
}

}  // namespace qunying

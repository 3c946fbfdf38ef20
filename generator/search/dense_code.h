#pragma once
// Numbers as printable ASCII, for lists of documents inside a JavaScript string: (s,c)-dense codes, where one
// of 56 symbols ends a number and one of 33 goes on. 0–55 take one symbol, up to 1,903 two, up to 62,887
// three. A base64 of bytes would take a third more for the small gaps that most are.
#include <cstdint>
#include <string>
#include <string_view>

namespace qunying {

// All of ASCII from '#' on that needs no escape in a string, without the marks ! | ~ that stand between.
inline constexpr std::string_view dense_symbols =
    "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}";
inline constexpr std::uint32_t dense_enders = 56;
inline constexpr std::uint32_t dense_goers = 33;
static_assert(dense_symbols.size() == dense_enders + dense_goers);

void append_dense(std::string& out, std::uint32_t number);

// Takes one number from the front; QY_CHECK that there is one.
std::uint32_t take_dense(std::string_view& text);

}  // namespace qunying

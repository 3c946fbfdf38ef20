#pragma once
// The expression grammar of Jinja, from `a if b else c` down to names and literals.
#include "template/token_stream.h"
#include "template/tree.h"

namespace qunying {

// An expression, or a list literal without brackets: `1, 2`.
Expression parse_tuple(TokenStream& tokens);
Expression parse_expression(TokenStream& tokens);
// Without `a if b`, as between `in` and `if` of a loop.
Expression parse_sequence(TokenStream& tokens);
// |name(…)|name… over `input`; the first bar may be left out where `first_bar` says so.
enum class FirstBar : std::uint8_t { needed, omitted };
Expression parse_filters(TokenStream& tokens, Expression input, FirstBar first_bar);

// Nesting beyond this is refused.
inline constexpr std::uint32_t max_expression_height = 100;

}  // namespace qunying

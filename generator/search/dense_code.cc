#include "search/dense_code.h"

#include "base/failure.h"

namespace qunying {

void append_dense(std::string& out, std::uint32_t number) {
    char symbols[8];
    std::size_t count = 0;
    symbols[count++] = dense_symbols[number % dense_enders];
    for (std::uint32_t rest = number / dense_enders; rest > 0; rest /= dense_goers) {
        --rest;
        symbols[count++] = dense_symbols[dense_enders + rest % dense_goers];
    }
    while (count > 0) out += symbols[--count];
}

std::uint32_t take_dense(std::string_view& text) {
    std::uint32_t rest = 0;
    while (!text.empty()) {
        const std::size_t symbol = dense_symbols.find(text.front());
        QY_CHECK(symbol != std::string_view::npos);
        text.remove_prefix(1);
        const auto value = static_cast<std::uint32_t>(symbol);
        if (value < dense_enders) return rest * dense_enders + value;
        rest = rest * dense_goers + (value - dense_enders) + 1;
    }
    QY_CHECK(false);  // a number without its end
    return 0;
}

}  // namespace qunying

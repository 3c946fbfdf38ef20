#include "hanzi/name_tokens.h"

#include "base/text.h"
#include "hanzi/latin.h"
#include "hanzi/names.h"

namespace qunying {
std::vector<NameToken> tokens_of(std::string_view text) {
    std::vector<NameToken> tokens;
    bool in_run = false, separated = false;
    for (; !text.empty(); text.remove_prefix(decode_first(text).bytes)) {
        const CodePoint next = decode_first(text);
        const std::string_view bytes = text.substr(0, next.bytes);
        if (is_hanzi(next.value)) {
            tokens.push_back({std::string(bytes), next.value, separated});
            in_run = separated = false;
        } else if (is_letter_or_digit(next.value) && !is_variation_selector(next.value)) {
            if (!in_run) tokens.push_back({"", 0, separated});
            tokens.back().text += bytes;
            in_run = true;
            separated = false;
        } else {
            in_run = false;
            separated = separated || is_name_separator(next.value);
        }
    }
    return tokens;
}

}  // namespace qunying

#include "search/script_text.h"

#include <fmt/format.h>

namespace qunying {

void append_script_text(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += text[i];
        } else if (c == '\n') {
            out += "\\n";
        } else if (c < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else if (c == 0xe2 && (text.substr(i, 3) == "\u2028" || text.substr(i, 3) == "\u2029")) {
            out += text[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";  // line ends to older browsers
            i += 2;
        } else {
            out += text[i];
        }
    }
    out += '"';
}

std::string script_text(std::string_view text) {
    std::string out;
    append_script_text(out, text);
    return out;
}

std::string shard_script(std::string_view name, std::string_view data) {
    return fmt::format("qunyingSearch(\"{}\",{});\n", name, data);
}

}  // namespace qunying

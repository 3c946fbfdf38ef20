#include "build/theme_text.h"

#include <optional>

#include "base/text.h"

namespace qunying {
namespace {

// Whether the next line begins inside a remark that this line of code opens. A `/*` in a string counts too,
// which is no harm: then the text is left as it is.
bool opens_remark(std::string_view line) {
    const std::size_t open = line.rfind("/*");
    return open != line.npos && line.find("*/", open + 2) == line.npos;
}

bool spans_lines(std::string_view line, ThemeLanguage language) {
    return line.ends_with('\\') || opens_remark(line) ||
           (language == ThemeLanguage::script && line.find('`') != line.npos);
}

// How a line that begins in code is to be treated.
enum class Kind { code, remark, remark_opens, unclear };

Kind kind_of(std::string_view line, ThemeLanguage language) {
    if (language == ThemeLanguage::script && line.starts_with("//")) return Kind::remark;
    if (line.starts_with("/*")) {
        const std::size_t end = line.find("*/", 2);
        if (end == line.npos) return Kind::remark_opens;
        if (end + 2 == line.size()) return Kind::remark;
    }
    return spans_lines(line, language) ? Kind::unclear : Kind::code;
}

// Nothing where the state of a line cannot be told.
std::optional<std::string> code_of(std::string_view text, ThemeLanguage language) {
    std::string code;
    code.reserve(text.size());
    bool in_remark = false;
    for (std::string_view line : split(text, '\n')) {
        line = trim(line);
        if (in_remark) {
            const std::size_t end = line.find("*/");
            if (end != line.npos && end + 2 != line.size()) return std::nullopt;
            in_remark = end == line.npos;
            continue;
        }
        const Kind kind = kind_of(line, language);
        if (kind == Kind::unclear) return std::nullopt;
        in_remark = kind == Kind::remark_opens;
        if (kind == Kind::code && !line.empty()) code.append(line).push_back('\n');
    }
    return code;
}

bool bears_licence(std::string_view text) {
    return text.find("/*!") != text.npos || text.find("@license") != text.npos;
}

}  // namespace

std::string without_remarks(std::string_view text, ThemeLanguage language) {
    if (bears_licence(text)) return std::string(text);
    return code_of(text, language).value_or(std::string(text));
}

}  // namespace qunying

#include "syntax/pdf_syntax.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/file_texts.h"

namespace qunying::pdf {
namespace {

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void add_escaped(std::string_view text, std::size_t& at, std::string& bytes) {
    const char c = text[at];
    if (c >= '0' && c <= '7') {
        int value = 0;
        for (int count = 0; count < 3 && at < text.size() && text[at] >= '0' && text[at] <= '7'; ++count)
            value = value * 8 + (text[at++] - '0');
        --at;
        bytes += static_cast<char>(value);
        return;
    }
    constexpr std::string_view names = "nrtbf", values = "\n\r\t\b\f";
    const std::size_t name = names.find(c);
    if (name != std::string_view::npos)
        bytes += values[name];
    else if (c != '\n' && c != '\r')
        bytes += c;
}

}  // namespace

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_delimiter(char c) {
    return is_blank(c) || std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

std::optional<std::uint32_t> number_at(std::string_view text, std::size_t& at) {
    at = skip_blanks(text, at);
    std::uint32_t value = 0;
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at]) && at - begin < 9)
        value = value * 10 + static_cast<std::uint32_t>(text[at++] - '0');
    return at > begin ? std::optional(value) : std::nullopt;
}

std::size_t value_of(std::string_view dict, std::string_view key) {
    for (std::size_t at = dict.find(key); at != std::string_view::npos; at = dict.find(key, at + 1)) {
        const std::size_t end = at + key.size();
        if (end < dict.size() && is_delimiter(dict[end])) return skip_blanks(dict, end);
    }
    return std::string_view::npos;
}

bool has_name(std::string_view dict, std::string_view key, std::string_view name) {
    const std::size_t at = value_of(dict, key);
    return at != std::string_view::npos && dict.substr(at).starts_with(name) &&
           (at + name.size() >= dict.size() || is_delimiter(dict[at + name.size()]));
}

std::optional<std::uint32_t> reference_at(std::string_view dict, std::size_t at) {
    if (at == std::string_view::npos) return std::nullopt;
    const auto number = number_at(dict, at);
    if (!number || !number_at(dict, at)) return std::nullopt;
    at = skip_blanks(dict, at);
    return at < dict.size() && dict[at] == 'R' ? number : std::nullopt;
}

std::string hex_string(std::string_view text, std::size_t& at) {
    std::string bytes;
    int half = -1;
    for (++at; at < text.size() && text[at] != '>'; ++at) {
        const int digit = hex_digit(text[at]);
        if (digit < 0) continue;
        if (half < 0)
            half = digit;
        else
            bytes += static_cast<char>(half * 16 + digit), half = -1;
    }
    if (half >= 0) bytes += static_cast<char>(half * 16);
    at = std::min(at + 1, text.size());
    return bytes;
}

std::string literal_string(std::string_view text, std::size_t& at) {
    std::string bytes;
    int depth = 1;
    for (++at; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && at + 1 < text.size()) {
            add_escaped(text, ++at, bytes);
            continue;
        }
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) break;
        bytes += c;
    }
    at = std::min(at + 1, text.size());
    return bytes;
}

std::string from_latin(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) append_utf8(text, static_cast<unsigned char>(c));
    return text;
}

std::string text_string(std::string_view bytes) {
    if (bytes.starts_with("\xFE\xFF")) return file_texts::from_utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xFF\xFE")) return file_texts::from_utf16(bytes.substr(2), false);
    if (bytes.starts_with(byte_order_mark)) return std::string(bytes.substr(byte_order_mark.size()));
    return from_latin(bytes);
}

}  // namespace qunying::pdf

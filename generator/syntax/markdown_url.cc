#include "syntax/markdown_url.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
    return -1;
}

std::string percent_decoded(std::string_view url) {
    std::string out;
    for (std::size_t at = 0; at < url.size(); ++at) {
        const int high = url[at] == '%' && at + 2 < url.size() ? hex_digit(url[at + 1]) : -1;
        const int low = high >= 0 ? hex_digit(url[at + 2]) : -1;
        if (low < 0) {
            out += url[at];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return out;
}

// Without what browsers ignore, and more: every control, space and format character.
std::string stripped(std::string_view url) {
    std::string out;
    while (!url.empty()) {
        const CodePoint character = decode_first(url);
        const char32_t c = character.value;
        const bool ignored = c <= U' ' || (c >= 0x7F && c <= 0xA0) || c == 0xAD ||
                             (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
                             (c >= 0x2060 && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
        if (!ignored) append_utf8(out, c == U'\\' ? U'/' : c);
        url.remove_prefix(character.bytes);
    }
    return ascii_lower(out);
}

// What stands in front of the first colon, if that is a scheme; empty otherwise.
std::string_view scheme_of(std::string_view url) {
    const std::size_t end = url.find_first_of(":/?#");
    if (end == npos || url[end] != ':') return {};
    const std::string_view scheme = url.substr(0, end);
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
    return scheme.find_first_not_of(letters) == npos ? scheme : std::string_view();
}

bool is_allowed_form(const std::string& url) {
    constexpr std::array<std::string_view, 4> allowed{"http", "https", "mailto", "tel"};
    if (url.starts_with("//") || url.starts_with(":")) return false;
    const std::string_view scheme = scheme_of(url);
    return scheme.empty() || std::find(allowed.begin(), allowed.end(), scheme) != allowed.end();
}

}  // namespace

bool is_allowed_url(std::string_view url) {
    const std::string once = percent_decoded(url);
    return is_allowed_form(stripped(url)) && is_allowed_form(stripped(once)) &&
           is_allowed_form(stripped(percent_decoded(once)));
}

bool is_remote_url(std::string_view url) {
    const std::string form = stripped(url);
    return form.starts_with("//") || !scheme_of(form).empty();
}

std::size_t bare_link_end(std::string_view words) {
    const std::size_t scheme = words.find("://");
    const std::size_t host = scheme == npos ? 0 : scheme + 3;
    const std::size_t path = std::min(words.find_first_of("/?#", host), words.size());
    for (std::size_t at = 0; at < words.size();) {
        const CodePoint character = decode_first(words.substr(at));
        if (is_cjk_punctuation(character.value) ||
            (at > host && at < path && is_hanzi(character.value) && is_ascii(words.substr(host, at - host))))
            return at;
        at += character.bytes;
    }
    return words.size();
}

std::string link_url(std::string_view url) { return escape_url(url, "-_.+!*'(),%#@?=;:/&$~"); }

std::optional<std::string> decoded_path(std::string_view url) {
    std::string path = percent_decoded(url);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (find_invalid_utf8(path) || std::any_of(path.begin(), path.end(), is_control)) return std::nullopt;
    return path;
}

}  // namespace qunying

#include "syntax/markdown_text.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/byte_scan.h"
#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr char32_t replacement = 0xFFFD;
constexpr std::size_t longest_reference = 240;  // bytes
constexpr std::size_t longest_ruby_base = 32, longest_reading = 80;

// The code point that ends in front of `at`; a line feed at the start of the text.
char32_t character_before(std::string_view text, std::size_t at) {
    if (at == 0) return U'\n';
    std::size_t begin = at - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return decode_first(text.substr(begin)).value;
}

char32_t character_at(std::string_view text, std::size_t at) {
    return at < text.size() ? decode_first(text.substr(at)).value : U'\n';
}

bool is_one_of(char32_t character, std::u32string_view list) { return list.find(character) != npos; }
bool is_space(char32_t character) {
    return character <= U' ' || is_one_of(character, U"\u00A0\u3000\u2028\u2029");
}
bool is_ascii_punctuation(char32_t c) {
    return c > U' ' && c < 0x7F && !(c >= U'0' && c <= U'9') && !((c | 0x20) >= U'a' && (c | 0x20) <= U'z');
}
bool is_mark(char32_t character) { return is_cjk_punctuation(character) || is_ascii_punctuation(character); }
bool is_cjk_letter(char32_t c) {
    return is_hanzi(c) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3);
}

constexpr std::u32string_view opening = U"“‘《〈「『【〔（［｛〖";
constexpr std::u32string_view closing = U"”’》〉」』】〕）］｝〗，。、；：！？";

// A closing run stands here: words end in punctuation, and a letter follows at once.
bool hides_closing(char32_t before, char32_t after) {
    if (is_space(after) || is_mark(after)) return false;
    if (is_cjk_punctuation(before)) return !is_one_of(before, opening);
    return is_one_of(before, U")\"'%.!?,:;]}`") && is_cjk_letter(after);
}

// An opening run stands here: a letter in front, and words begin with punctuation.
bool hides_opening(char32_t before, char32_t after) {
    if (is_space(before) || is_mark(before)) return false;
    if (is_cjk_punctuation(after)) return !is_one_of(after, closing);
    return is_one_of(after, U"(\"'[{<`!") && is_cjk_letter(before);
}

std::string_view leading_hanzi(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size()) {
        const CodePoint next = decode_first(text.substr(end));
        if (!is_hanzi(next.value)) break;
        end += next.bytes;
    }
    return text.substr(0, end);
}

// Pinyin with its tones, or bopomofo.
bool is_reading(std::string_view text) {
    for (const char32_t c : to_utf32(text)) {
        const bool letter = (c | 0x20) >= U'a' && (c | 0x20) <= U'z' && c < 0x80;
        const bool accented = (c >= 0xC0 && c <= 0x24F) || (c >= 0x300 && c <= 0x36F);
        const bool bopomofo = (c >= 0x3105 && c <= 0x312F) || is_one_of(c, U"ˉˊˇˋ˙");
        if (!letter && !accented && !bopomofo && !is_one_of(c, U" '’-·")) return false;
    }
    return true;
}

// The value of a numeric entity `&#…;` at `at` and its length, or nothing.
struct Entity {
    unsigned long value = 0;
    std::size_t bytes = 0;
};

std::optional<Entity> numeric_entity(std::string_view text, std::size_t at) {
    const std::size_t end = text.substr(at, 12).find(';');
    if (!text.substr(at).starts_with("&#") || end == npos) return std::nullopt;
    std::string digits(text.substr(at + 2, end - 2));
    const bool hex = !digits.empty() && (digits[0] | 0x20) == 'x';
    if (hex) digits.erase(0, 1);
    const std::string_view allowed = hex ? "0123456789abcdefABCDEF" : "0123456789";
    if (digits.empty() || digits.size() > 8 || digits.find_first_not_of(allowed) != std::string::npos)
        return std::nullopt;
    return Entity{std::stoul(digits, nullptr, hex ? 16 : 10), end + 1};
}

}  // namespace

PreparedText::PreparedText(std::string_view body, SourceId source, std::uint32_t offset,
                           Diagnostics& diagnostics)
    : source_(source), offset_(offset), valid_(!find_invalid_utf8(body)) {
    text_.reserve(body.size() + body.size() / 16);
    edits_.push_back({0, 0});
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t next = find_byte_of<'[', '*', '~', '&', '\0', '\xF4', '\\'>(body, at);
        copy(body, at, next);
        at = next;
        if (at >= body.size()) break;
        const char first = body[at];
        if (first == '\\') {
            const bool escapes =
                at + 1 < body.size() && is_ascii_punctuation(static_cast<unsigned char>(body[at + 1]));
            copy(body, at, at + (escapes ? 2 : 1));
            at += escapes ? 2 : 1;
        } else if (first == '[' && (take_reference(body, at) || take_ruby(body, at, diagnostics))) {
        } else if ((first == '*' || first == '~') && take_marks(body, at)) {
        } else if (first == '&') {
            take_entity(body, at, diagnostics);
        } else if (const CodePoint character = decode_first(body.substr(at));
                   is_reserved(character.value) || first == '\0') {
            if (first != '\0') report_reserved(at, at + character.bytes, character.value, diagnostics);
            append_utf8(text_, replacement);
            at += character.bytes;
            edits_.push_back({text_.size(), at});
        } else {
            copy(body, at, at + 1);
            ++at;
        }
    }
}

// Bytes that are not UTF-8 become U+FFFD on the way.
void PreparedText::copy(std::string_view body, std::size_t begin, std::size_t end) {
    if (valid_) {
        text_.append(body, begin, end - begin);
        return;
    }
    while (begin < end) {
        const auto bad = find_invalid_utf8(body.substr(begin, end - begin));
        const std::size_t good = bad ? begin + *bad : end;
        text_.append(body.substr(begin, good - begin));
        begin = good;
        if (!bad) return;
        append_utf8(text_, replacement);
        ++begin;
        edits_.push_back({text_.size(), begin});
    }
}

// `[[…]]` on one line, without brackets inside; `[[a]](url)` and `![[a]]` are not ours.
bool PreparedText::take_reference(std::string_view body, std::size_t& at) {
    if (!body.substr(at).starts_with("[[") || (at > 0 && (body[at - 1] == '!' || body[at - 1] == '[')))
        return false;
    const std::size_t stop = body.find_first_of("[]\n", at + 2);
    if (stop == npos || stop - at > longest_reference || !body.substr(stop).starts_with("]]")) return false;
    const std::size_t end = stop + 2;
    if (end < body.size() && body[end] == '(') return false;
    return take_token(body, at, end);
}

// `[䶮|yǎn]` on one line.
bool PreparedText::take_ruby(std::string_view body, std::size_t& at, Diagnostics& diagnostics) {
    const std::string_view base = leading_hanzi(body.substr(at + 1, longest_ruby_base));
    const std::size_t bar = at + 1 + base.size();
    if (base.empty() || bar >= body.size() || body[bar] != '|' || (at > 0 && body[at - 1] == '!'))
        return false;
    const std::size_t stop = body.find_first_of("[]|\n", bar + 1);
    if (stop == npos || stop - bar > longest_reading || body[stop] != ']') return false;
    if (stop + 1 < body.size() && (body[stop + 1] == '(' || body[stop + 1] == '[')) return false;
    const std::string_view reading = trim(body.substr(bar + 1, stop - bar - 1));
    if (reading.empty()) return false;
    if (is_reading(reading)) return take_token(body, at, stop + 1);
    const Span where{source_, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(stop + 1)};
    diagnostics.report(DiagnosticKind::bad_ruby, shifted(where, offset_),
                       {std::string(body.substr(at, stop + 1 - at)), std::string(reading)});
    return false;
}

bool PreparedText::take_token(std::string_view body, std::size_t& at, std::size_t end) {
    const std::string_view written = body.substr(at, end - at);
    if ((!valid_ && find_invalid_utf8(written)) || first_token + tokens_.size() > last_token) return false;
    append_utf8(text_, first_token + static_cast<char32_t>(tokens_.size()));
    const auto begin = offset_ + static_cast<std::uint32_t>(at);
    tokens_.push_back(
        {std::string(written), {source_, begin, begin + static_cast<std::uint32_t>(written.size())}});
    at = end;
    edits_.push_back({text_.size(), at});
    return true;
}

// A run of * or ~~ with a sentinel at the side that needs one.
bool PreparedText::take_marks(std::string_view body, std::size_t& at) {
    const std::size_t end = std::min(body.find_first_not_of(body[at], at), body.size());
    const bool counts = body[at] == '*' || end - at == 2;
    const char32_t before = character_before(body, at), after = character_at(body, end);
    if (counts && hides_closing(before, after)) insert_sentinel(at);
    copy(body, at, end);
    if (counts && hides_opening(before, after)) insert_sentinel(end);
    at = end;
    return true;
}

// An entity could smuggle in a sentinel or a token.
void PreparedText::take_entity(std::string_view body, std::size_t& at, Diagnostics& diagnostics) {
    const auto entity = numeric_entity(body, at);
    if (!entity || entity->value < first_token || entity->value > 0x10FFFF) {
        copy(body, at, at + 1);
        ++at;
        return;
    }
    report_reserved(at, at + entity->bytes, static_cast<char32_t>(entity->value), diagnostics);
    append_utf8(text_, replacement);
    at += entity->bytes;
    edits_.push_back({text_.size(), at});
}

void PreparedText::insert_sentinel(std::size_t original) {
    append_utf8(text_, emphasis_sentinel);
    edits_.push_back({text_.size(), original});
}

void PreparedText::report_reserved(std::size_t begin, std::size_t end, char32_t character,
                                   Diagnostics& diagnostics) {
    if (reserved_reported_) return;
    reserved_reported_ = true;
    const Span where{source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    diagnostics.report(DiagnosticKind::markdown_reserved_character, shifted(where, offset_),
                       {fmt::format("{:04X}", static_cast<std::uint32_t>(character))});
}

std::uint32_t PreparedText::original(std::size_t prepared) const {
    const auto after = std::upper_bound(edits_.begin(), edits_.end(), prepared,
                                        [](std::size_t at, const Edit& edit) { return at < edit.prepared; });
    const Edit& edit = *(after - 1);
    std::size_t at = edit.original + (prepared - edit.prepared);
    if (after != edits_.end()) at = std::min(at, after->original);
    return offset_ + static_cast<std::uint32_t>(at);
}

Span PreparedText::span(std::size_t begin, std::size_t end) const {
    // A mark that cmark read out of bytes that are no text is not found again, and looked for behind the end.
    begin = std::min(begin, text_.size());
    end = std::min(end, text_.size());
    return {source_, original(begin), std::max(original(begin), original(end))};
}

std::string PreparedText::restored(std::string_view text) const {
    if (text.find('\xF4') == npos) return std::string(text);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint character = decode_first(text.substr(at));
        const std::size_t number = character.value - first_token;
        if (!is_reserved(character.value)) {
            out.append(text.substr(at, character.bytes));
        } else if (character.value != emphasis_sentinel && number < tokens_.size()) {
            out += tokens_[number].written;
        }
        at += character.bytes;
    }
    return out;
}

}  // namespace qunying

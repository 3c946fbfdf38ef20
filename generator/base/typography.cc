#include "base/typography.h"

#include <cstdint>

#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

enum class Glyph : std::uint8_t {
    other,
    hanzi,
    western,  // a letter or digit
    opening,  // a mark with an empty left half
    closing,  // a mark with an empty right half
    stop,     // the same, as ， and 。
    edge
};

Glyph glyph_of_mark(char32_t c) {
    switch (c) {
        case U'“':
        case U'‘':
        case U'（':
        case U'《':
        case U'〈':
        case U'「':
        case U'『':
        case U'【':
        case U'〔':
        case U'〖':
        case U'［':
        case U'｛':
            return Glyph::opening;
        case U'”':
        case U'’':
        case U'）':
        case U'》':
        case U'〉':
        case U'」':
        case U'』':
        case U'】':
        case U'〕':
        case U'〗':
        case U'］':
        case U'｝':
            return Glyph::closing;
        case U'，':
        case U'。':
        case U'、':
        case U'；':
        case U'：':
        case U'！':
        case U'？':
            return Glyph::stop;
        default:
            return Glyph::other;
    }
}

Glyph glyph_of(char32_t c) {
    if (c < 0x80) {
        const bool letter = (c | 0x20) >= U'a' && (c | 0x20) <= U'z';
        if (letter || (c >= U'0' && c <= U'9')) return Glyph::western;
        return c == block_edge ? Glyph::edge : Glyph::other;
    }
    if (c >= 0x4E00 && c <= 0x9FFF) return Glyph::hanzi;
    if (c >= 0xC0 && c <= 0x24F) return c == 0xD7 || c == 0xF7 ? Glyph::other : Glyph::western;
    if (c >= 0x370 && c <= 0x52F) return Glyph::western;
    const Glyph mark = glyph_of_mark(c);
    if (mark != Glyph::other) return mark;
    return is_hanzi(c) ? Glyph::hanzi : Glyph::other;
}

bool is_quotation(char32_t c) { return c == U'“' || c == U'”' || c == U'‘' || c == U'’'; }
// Belongs to the number or letter in front of it.
bool is_suffix(char32_t c) { return c == U'%' || c == U'‰' || c == U'℃' || c == U'°'; }

CodePoint character_before(std::string_view text, std::size_t end) {
    std::size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return {decode_first(text.substr(begin)).value, end - begin};
}

class Setter {
  public:
    Setter(std::string& html, std::string_view text, TextPlace place)
        : html_(html), text_(text), after_(place.after), before_(glyph_of(place.before)) {
        if (place.keep_tail) tail_ = start_of_tail();
    }

    void set() {
        walk(tail_);
        const bool kept = tail_ != npos;
        if (kept) html_ += "<span class=tail>";
        walk(npos);
        if (kept) html_ += "</span>";
    }

  private:
    // Where the last two characters and the marks behind them begin; npos where the text ends in something
    // else.
    std::size_t start_of_tail() const {
        std::size_t at = text_.size();
        for (int units = 0; at > 0;) {
            CodePoint last = character_before(text_, at);
            Glyph glyph = glyph_of(last.value);
            if (glyph == Glyph::other || glyph == Glyph::edge) return npos;
            at -= last.bytes;
            if (glyph != Glyph::hanzi && glyph != Glyph::western) continue;
            while (glyph == Glyph::western && at > 0) {  // a number or word is one
                last = character_before(text_, at);
                glyph = glyph_of(last.value);
                if (glyph == Glyph::western) at -= last.bytes;
            }
            if (++units == 2) return at;
        }
        return npos;
    }

    // Up to `limit`, or the end of the text.
    void walk(std::size_t limit) {
        const std::size_t end = limit == npos ? text_.size() : limit;
        while (at_ < end) {
            if (const std::size_t behind = end_of_plain_hanzi(at_, end); behind > at_) {
                at_ = behind;
                before_ = Glyph::hanzi;
                continue;
            }
            const CodePoint next = decode_first(text_.substr(at_));
            const Glyph glyph = glyph_of(next.value);
            if (glyph == Glyph::western) {
                western(end);
            } else {
                if (glyph >= Glyph::opening) mark(next, glyph);
                at_ += next.bytes;
                before_ = glyph;
            }
        }
        flush(at_);
    }

    // Where a run of U+4E00–9FFF ends, which are told by their first two bytes.
    std::size_t end_of_plain_hanzi(std::size_t at, std::size_t end) const {
        constexpr std::size_t bytes = 3;
        for (; at + bytes <= end; at += bytes) {
            const auto lead = static_cast<unsigned char>(text_[at]);
            const auto second = static_cast<unsigned char>(text_[at + 1]);
            if (lead < 0xE4 || lead > 0xE9 || (lead == 0xE4 && second < 0xB8)) break;
        }
        return at;
    }

    void flush(std::size_t end) {
        append_escaped_html(html_, text_.substr(written_, end - written_));
        written_ = end;
    }

    void wrap(std::string_view name, std::size_t begin, std::size_t end) {
        flush(begin);
        html_ += "<span class=";
        html_ += name;
        html_ += '>';
        flush(end);
        html_ += "</span>";
    }

    char32_t character_at(std::size_t at) const {
        return at < text_.size() ? decode_first(text_.substr(at)).value : after_;
    }

    void mark(CodePoint mark, Glyph glyph) {
        const bool quotation = is_quotation(mark.value);
        const std::size_t end = at_ + mark.bytes;
        if (glyph == Glyph::opening) {
            const bool crowded = before_ == Glyph::opening || before_ == Glyph::edge;
            if (crowded) wrap(quotation ? "half-lq" : "half-l", at_, end);
            return;
        }
        if (glyph == Glyph::edge) return;
        const Glyph behind = glyph_of(character_at(end));
        const bool crowded = behind == Glyph::opening || behind == Glyph::closing ||
                             (behind == Glyph::stop && glyph == Glyph::closing);
        if (crowded) wrap(quotation ? "half-q" : "half", at_, end);
    }

    // A run of letters and digits, with what stands between them but ends on neither side.
    std::size_t end_of_western() const {
        std::size_t end = at_;
        bool inside = true;  // no gap so far since the last letter
        for (std::size_t at = at_; at < text_.size();) {
            const CodePoint next = decode_first(text_.substr(at));
            const bool western = glyph_of(next.value) == Glyph::western;
            if (!western && !(inside && is_suffix(next.value)) && (next.value < 0x20 || next.value > 0x7E))
                break;
            at += next.bytes;
            inside = western || (inside && is_suffix(next.value));
            if (inside) end = at;
        }
        return end;
    }

    void western(std::size_t limit) {
        const std::size_t begin = at_, end = end_of_western();
        if (end > limit) tail_ = npos;  // no tail begins inside a word
        const bool left = before_ == Glyph::hanzi, right = glyph_of(character_at(end)) == Glyph::hanzi;
        if (left || right) wrap(left && right ? "lat" : left ? "lat-l" : "lat-r", begin, end);
        at_ = end;
        before_ = Glyph::western;
    }

    std::string& html_;
    std::string_view text_;
    char32_t after_;
    Glyph before_;
    std::size_t at_ = 0, written_ = 0;
    std::size_t tail_ = npos;
};

}  // namespace

void append_typeset(std::string& html, std::string_view text, TextPlace place) {
    Setter(html, text, place).set();
}

std::string typeset(std::string_view text) {
    std::string html;
    append_typeset(html, text, {block_edge, block_edge, text.size() >= shortest_with_tail});
    return html;
}

void append_unbroken_name(std::string& html, std::string_view name) {
    constexpr std::string_view dot = "·", open = "<span class=unbroken>", close = "</span>";
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t at = name.find(dot, begin);
        const std::size_t end = at == npos ? name.size() : at + dot.size();
        html += open;
        append_escaped_html(html, name.substr(begin, end - begin));
        html += close;
        if (end < name.size()) html += "<wbr>";
        begin = end;
    }
}

}  // namespace qunying

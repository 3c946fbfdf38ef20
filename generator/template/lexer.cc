#include "template/lexer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace qunying {
namespace {

using Kind = Token::Kind;
constexpr auto npos = std::string_view::npos;
constexpr std::string_view spaces = " \t\r\n\f\v";

bool is_space(char c) { return spaces.find(c) != npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Chinese keys are names too, so every byte of a multi-byte character is part of one.
bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

std::string_view strip_end(std::string_view text) {
    return text.substr(0, text.find_last_not_of(spaces) + 1);
}

// \r\n and \r become \n, as everywhere in the output.
std::string with_plain_newlines(std::string_view text) {
    if (text.find('\r') == npos) return std::string(text);
    return replace_all(replace_all(text, "\r\n", "\n"), "\r", "\n");
}

class Lexer {
  public:
    Lexer(const SourceFile& file, Diagnostics& diagnostics)
        : file_(file), text_(file.text), diagnostics_(diagnostics) {}

    std::vector<Token> run() {
        if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
        while (at_ < text_.size()) read_literal_and_tag();
        drop_final_newline();
        add(Kind::end, text_.size(), text_.size(), "");
        return std::move(tokens_);
    }

  private:
    Span span(std::size_t begin, std::size_t end) const {
        return {file_.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    void add(Kind kind, std::size_t begin, std::size_t end, std::string_view text) {
        tokens_.push_back({kind, span(begin, end), std::string(text)});
    }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    // The next {{, {% or {#, or the end of the text.
    std::size_t find_opening() const {
        for (std::size_t at = text_.find('{', at_); at != npos; at = text_.find('{', at + 1)) {
            const char next = at + 1 < text_.size() ? text_[at + 1] : '\0';
            if (next == '{' || next == '%' || next == '#') return at;
        }
        return text_.size();
    }

    void add_literal(std::size_t begin, std::string_view text) {
        if (!text.empty()) add(Kind::literal, begin, begin + text.size(), with_plain_newlines(text));
    }

    // The literal before a tag, shortened as the tag's sign (-, + or none) says.
    std::string_view shortened(std::size_t begin, std::size_t end, char sign, bool is_print) const {
        const std::string_view literal = text_.substr(begin, end - begin);
        if (sign == '-') return strip_end(literal);
        if (sign == '+' || is_print) return literal;
        const std::size_t line = literal.find_last_of("\r\n") + 1;
        if (line == 0 && !line_starting_) return literal;
        const bool blank = literal.find_first_not_of(spaces, line) == npos;
        return blank ? literal.substr(0, line) : literal;
    }

    void read_literal_and_tag() {
        const std::size_t begin = at_, opening = find_opening();
        if (opening == text_.size()) {
            add_literal(begin, text_.substr(begin));
            at_ = opening;
            return;
        }
        const char mark = text_[opening + 1];
        const char sign = opening + 2 < text_.size() ? text_[opening + 2] : '\0';
        add_literal(begin, shortened(begin, opening, sign, mark == '{'));
        at_ = opening + 2 + (sign == '-' || sign == '+' ? 1 : 0);
        if (mark == '#') return skip_comment(opening);
        if (mark == '%' && at_raw()) return read_raw(opening);
        read_tag(opening, mark);
    }

    // After a tag that closed at `at_`: drops what the sign and trim_blocks say.
    void after_tag(char sign, bool trim_newline) {
        const std::size_t closed = at_;
        if (sign == '-') {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        } else if (sign != '+' && trim_newline) {
            if (peek() == '\r') ++at_;
            if (peek() == '\n') ++at_;
        }
        line_starting_ = at_ > 0 && at_ > closed && (text_[at_ - 1] == '\n' || text_[at_ - 1] == '\r');
    }

    void report_unclosed(std::size_t opening, std::size_t length) {
        diagnostics_.report(DiagnosticKind::template_unclosed, span(opening, opening + length),
                            {std::string(text_.substr(opening, length))});
        at_ = text_.size();
    }

    void skip_comment(std::size_t opening) {
        const std::size_t close = text_.find("#}", opening + 2);
        if (close == npos) return report_unclosed(opening, 2);
        at_ = close + 2;
        after_tag(close > opening + 2 ? text_[close - 1] : '\0', true);
    }

    void skip_spaces() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }

    // `word` and the closing %} at `at`: the offset behind it and its sign.
    struct Closing {
        std::size_t end;
        char sign;
    };
    std::optional<Closing> match_word_tag(std::size_t at, std::string_view word) const {
        const auto skip = [&] {
            while (at < text_.size() && is_space(text_[at])) ++at;
        };
        skip();
        if (text_.substr(at, word.size()) != word) return std::nullopt;
        at += word.size();
        skip();
        char sign = '\0';
        if (at < text_.size() && (text_[at] == '-' || text_[at] == '+')) sign = text_[at++];
        if (text_.substr(at, 2) != "%}") return std::nullopt;
        return Closing{at + 2, sign};
    }

    bool at_raw() const { return match_word_tag(at_, "raw").has_value(); }

    void read_raw(std::size_t opening) {
        const Closing begin = *match_word_tag(at_, "raw");
        at_ = begin.end;
        after_tag(begin.sign, false);
        for (std::size_t tag = text_.find("{%", at_); tag != npos; tag = text_.find("{%", tag + 1)) {
            const char sign = tag + 2 < text_.size() ? text_[tag + 2] : '\0';
            const auto end = match_word_tag(tag + 2 + (sign == '-' || sign == '+' ? 1 : 0), "endraw");
            if (!end) continue;
            add_literal(at_, shortened(at_, tag, sign, false));
            at_ = end->end;
            return after_tag(end->sign, true);
        }
        report_unclosed(opening, begin.end - opening);
    }

    // True when the tag's end was found.
    void read_tag(std::size_t opening, char mark) {
        const bool is_print = mark == '{';
        add(is_print ? Kind::print_begin : Kind::tag_begin, opening, at_, text_.substr(opening, 2));
        brackets_.clear();
        for (;;) {
            skip_spaces();
            if (at_ >= text_.size()) {
                const Span where = span(opening, opening + 2);
                diagnostics_.report(DiagnosticKind::template_unclosed, where,
                                    {std::string(text_.substr(opening, 2))});
                return add(is_print ? Kind::print_end : Kind::tag_end, at_, at_, "");
            }
            if (close_tag(is_print)) return;
            read_token();
        }
    }

    bool close_tag(bool is_print) {
        const std::string_view close = is_print ? "}}" : "%}";
        const bool signed_close = (peek() == '-' || peek() == '+') && text_.substr(at_ + 1, 2) == close;
        if (!signed_close && text_.substr(at_, 2) != close) return false;
        // Inside { … } a }} closes two of them, not the tag.
        if (is_print && !brackets_.empty() && brackets_.back() == '{') return false;
        const char sign = signed_close ? peek() : '\0';
        const std::size_t begin = at_;
        at_ += signed_close ? 3 : 2;
        add(is_print ? Kind::print_end : Kind::tag_end, begin, at_, close);
        after_tag(sign, !is_print);
        return true;
    }

    void read_token() {
        const char c = peek();
        if (is_name_start(c)) return read_name();
        if (is_digit(c)) return read_number();
        if (c == '"' || c == '\'') return read_text(c);
        read_symbol();
    }

    void read_name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
        add(Kind::name, begin, at_, text_.substr(begin, at_ - begin));
    }

    void skip_digits() {
        while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++at_;
    }

    void read_number() {
        const std::size_t begin = at_;
        bool real = false;
        skip_digits();
        if (peek() == '.' && is_digit(peek(1)) && !after_dot()) {
            real = true;
            ++at_;
            skip_digits();
        }
        const bool signed_exponent = peek(1) == '-' || peek(1) == '+';
        if ((peek() == 'e' || peek() == 'E') && is_digit(peek(signed_exponent ? 2 : 1))) {
            real = true;
            at_ += signed_exponent ? 2 : 1;
            skip_digits();
        }
        add(real ? Kind::real : Kind::integer, begin, at_,
            replace_all(text_.substr(begin, at_ - begin), "_", ""));
    }
    // In a.0.1 the numbers are items, not a fraction.
    bool after_dot() const { return !tokens_.empty() && tokens_.back().is(Kind::symbol, "."); }

    void read_text(char quote) {
        const std::size_t begin = at_++;
        std::string value;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                read_escape(value);
            } else {
                value.push_back(text_[at_++]);
            }
        }
        if (at_ >= text_.size()) return recover_unclosed_text(begin);
        ++at_;
        add(Kind::text, begin, at_, with_plain_newlines(value));
    }

    // Goes on behind the line, so that the rest of the template is still read.
    void recover_unclosed_text(std::size_t begin) {
        const std::size_t close = std::min(text_.find("%}", begin), text_.find("}}", begin));
        const std::size_t line = std::min(text_.find('\n', begin), text_.size());
        at_ = std::min(close, line);
        diagnostics_.report(DiagnosticKind::template_unclosed, span(begin, begin + 1),
                            {std::string(1, text_[begin])});
        add(Kind::text, begin, at_, text_.substr(begin + 1, at_ - begin - 1));
    }

    void read_escape(std::string& value) {
        const char c = text_[at_ + 1];
        at_ += 2;
        switch (c) {
            case 'n':
                value += '\n';
                return;
            case 't':
                value += '\t';
                return;
            case 'r':
                value += '\r';
                return;
            case '\\':
            case '\'':
            case '"':
                value += c;
                return;
            case '\n':
                return;
            case 'x':
                return read_code_point(value, c, 2);
            case 'u':
                return read_code_point(value, c, 4);
            default:
                value += {'\\', c};
        }
    }

    void read_code_point(std::string& value, char letter, std::size_t digits) {
        char32_t code = 0;
        std::size_t read = 0;
        for (; read < digits; ++read) {
            constexpr std::string_view hex = "0123456789abcdef";
            const std::size_t digit = hex.find(ascii_lower(std::string_view(text_).substr(at_ + read, 1)));
            if (digit == npos || at_ + read >= text_.size()) break;
            code = code * 16 + static_cast<char32_t>(digit);
        }
        if (read < digits || (code >= 0xD800 && code <= 0xDFFF)) {
            value += {'\\', letter};
            return;
        }
        at_ += digits;
        append_utf8(value, code);
    }

    void read_symbol() {
        constexpr std::array<std::string_view, 6> pairs = {"==", "!=", "<=", ">=", "//", "**"};
        constexpr std::string_view singles = "+-*/%~<>=.,:|()[]{}";
        const std::string_view two = text_.substr(at_, 2);
        const std::size_t length = std::find(pairs.begin(), pairs.end(), two) != pairs.end() ? 2 : 1;
        if (length == 1 && singles.find(text_[at_]) == npos) {
            diagnostics_.report(DiagnosticKind::template_bad_character, span(at_, at_ + 1),
                                {std::string(two.substr(0, 1))});
            ++at_;
            return;
        }
        track_bracket(text_[at_]);
        add(Kind::symbol, at_, at_ + length, text_.substr(at_, length));
        at_ += length;
    }

    void track_bracket(char c) {
        if (c == '(' || c == '[' || c == '{') brackets_.push_back(c);
        if ((c == ')' || c == ']' || c == '}') && !brackets_.empty()) brackets_.pop_back();
    }

    // As Jinja's keep_trailing_newline=False.
    void drop_final_newline() {
        if (tokens_.empty() || tokens_.back().kind != Kind::literal) return;
        if (tokens_.back().span.end != text_.size()) return;
        std::string& last = tokens_.back().text;
        if (last.ends_with('\n')) last.pop_back();
        if (last.empty()) tokens_.pop_back();
    }

    const SourceFile& file_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    bool line_starting_ = true;  // the tag before ended with a line
    std::string brackets_;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> read_tokens(const SourceFile& file, Diagnostics& diagnostics) {
    return Lexer(file, diagnostics).run();
}

}  // namespace qunying

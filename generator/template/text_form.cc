#include "template/text_form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace qunying {
namespace {

// The digits and the exponent of the shortest form, from "d.ddde±xx".
struct Decimal {
    std::string digits;
    int exponent = 0;
};

Decimal shortest(double value) {
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t mark = text.find('e');
    Decimal decimal;
    for (const char c : text.substr(0, mark)) {
        if (c != '.') decimal.digits += c;
    }
    const char* number = buffer.data() + mark + 1;
    if (*number == '+') ++number;
    std::from_chars(number, end, decimal.exponent);
    return decimal;
}

std::string positional(const Decimal& decimal) {
    const int count = static_cast<int>(decimal.digits.size());
    if (decimal.exponent < 0)
        return "0." + std::string(static_cast<std::size_t>(-decimal.exponent - 1), '0') + decimal.digits;
    if (decimal.exponent >= count - 1)
        return decimal.digits + std::string(static_cast<std::size_t>(decimal.exponent - count + 1), '0') +
               ".0";
    const auto whole = static_cast<std::size_t>(decimal.exponent) + 1;
    return decimal.digits.substr(0, whole) + "." + decimal.digits.substr(whole);
}

std::string scientific(const Decimal& decimal) {
    std::string out = decimal.digits.substr(0, 1);
    if (decimal.digits.size() > 1) out += "." + decimal.digits.substr(1);
    const int size = std::abs(decimal.exponent);
    out += decimal.exponent < 0 ? "e-" : "e+";
    if (size < 10) out += '0';
    return out + std::to_string(size);
}

std::string map_case(std::string_view text, char32_t (*map)(char32_t)) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = decode_first(text);
        append_utf8(out, map(next.value));
        text.remove_prefix(next.bytes);
    }
    return out;
}

// Blocks in which upper and lower case lie a fixed distance apart.
struct CaseBlock {
    char32_t first, last, distance;  // of the capitals
};
constexpr std::array<CaseBlock, 8> case_blocks = {{{'A', 'Z', 32},
                                                   {0xC0, 0xD6, 32},
                                                   {0xD8, 0xDE, 32},
                                                   {0x391, 0x3A1, 32},
                                                   {0x3A3, 0x3AB, 32},
                                                   {0x410, 0x42F, 32},
                                                   {0x400, 0x40F, 80},
                                                   {0xFF21, 0xFF3A, 32}}};

// Latin Extended-A: pairs side by side, the capital on the even or on the odd code point.
bool even_pair(char32_t c) {
    return (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14A && c <= 0x177);
}
bool odd_pair(char32_t c) { return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E); }

class JsonText {
  public:
    JsonText(std::string& out, JsonStyle style, std::optional<int> indent)
        : out_(out), style_(style), indent_(indent) {}

    bool write(const Value& value) {
        switch (value.type()) {
            case Value::Type::none:
                out_ += "null";
                return true;
            case Value::Type::boolean:
                out_ += value.as_integer() ? "true" : "false";
                return true;
            case Value::Type::integer:
                out_ += std::to_string(value.as_integer());
                return true;
            case Value::Type::real:
                return write_real(value.as_real());
            case Value::Type::text:
            case Value::Type::html:
                write_text(value.as_text());
                return true;
            case Value::Type::list:
                return write_list(value.items());
            case Value::Type::map:
                return write_map(value.entries());
            default:
                return false;
        }
    }

  private:
    bool write_real(double value) {
        if (!std::isfinite(value)) return false;
        out_ += real_text(value);
        return true;
    }

    void write_escape(char32_t unit) {
        constexpr std::string_view digits = "0123456789abcdef";
        out_ += "\\u";
        for (unsigned shift = 12;; shift -= 4) {
            out_ += digits[(unit >> shift) & 15];
            if (shift == 0) return;
        }
    }

    void write_text(std::string_view text) {
        out_ += '"';
        for (; !text.empty();) {
            const CodePoint next = decode_first(text);
            write_code_point(next.value, text.substr(0, next.bytes));
            text.remove_prefix(next.bytes);
        }
        out_ += '"';
    }

    void write_code_point(char32_t c, std::string_view bytes) {
        switch (c) {
            case '"':
                out_ += "\\\"";
                return;
            case '\\':
                out_ += "\\\\";
                return;
            case '\n':
                out_ += "\\n";
                return;
            case '\r':
                out_ += "\\r";
                return;
            case '\t':
                out_ += "\\t";
                return;
            case '\b':
                out_ += "\\b";
                return;
            case '\f':
                out_ += "\\f";
                return;
            default:
                break;
        }
        const bool markup = c == '<' || c == '>' || c == '&' || c == '\'' || c == 0x2028 || c == 0x2029;
        const bool ascii_only = style_ == JsonStyle::python;
        if (c >= 0x20 && !markup && (c < 0x7F || !ascii_only)) {
            out_ += bytes;
        } else if (c > 0xFFFF) {
            write_escape(0xD800 + ((c - 0x10000) >> 10));
            write_escape(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            write_escape(c);
        }
    }

    void new_line() {
        if (indent_) out_ += "\n" + std::string(static_cast<std::size_t>(*indent_) * level_, ' ');
    }
    void separate(bool first) {
        if (!first) out_ += indent_ || style_ == JsonStyle::compact_utf8 ? "," : ", ";
        new_line();
    }

    bool write_list(std::span<const Value> items) {
        out_ += '[';
        ++level_;
        bool whole = true;
        for (std::size_t i = 0; i < items.size(); ++i) {
            separate(i == 0);
            whole = write(items[i]) && whole;
        }
        --level_;
        if (!items.empty()) new_line();
        out_ += ']';
        return whole;
    }

    bool write_map(std::span<const Value::Entry> entries) {
        std::vector<const Value::Entry*> sorted;
        for (const Value::Entry& entry : entries) sorted.push_back(&entry);
        if (style_ == JsonStyle::python)
            std::sort(sorted.begin(), sorted.end(),
                      [](auto* a, auto* b) { return a->key.text() < b->key.text(); });
        out_ += '{';
        ++level_;
        bool whole = true;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            separate(i == 0);
            write_text(sorted[i]->key.text());
            out_ += style_ == JsonStyle::compact_utf8 ? ":" : ": ";
            whole = write(sorted[i]->value) && whole;
        }
        --level_;
        if (!entries.empty()) new_line();
        out_ += '}';
        return whole;
    }

    std::string& out_;
    JsonStyle style_;
    std::optional<int> indent_;
    std::size_t level_ = 0;
};

}  // namespace

std::string real_text(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
    const Decimal decimal = shortest(std::abs(value));
    const bool plain = decimal.exponent >= -4 && decimal.exponent < 16;
    return (value < 0 ? "-" : "") + (plain ? positional(decimal) : scientific(decimal));
}

bool append_plain(std::string& out, const Value& value) {
    switch (value.type()) {
        case Value::Type::none:
            return true;
        case Value::Type::boolean:
            out += value.as_integer() ? "True" : "False";
            return true;
        case Value::Type::integer: {
            std::array<char, 24> digits{};
            const auto end =
                std::to_chars(digits.data(), digits.data() + digits.size(), value.as_integer()).ptr;
            out.append(digits.data(), end);
            return true;
        }
        case Value::Type::real:
            out += real_text(value.as_real());
            return true;
        case Value::Type::text:
        case Value::Type::html:
            out += value.as_text();
            return true;
        default:
            return false;
    }
}

bool append_markup(std::string& out, const Value& value) {
    if (value.type() != Value::Type::text) return append_plain(out, value);
    append_escaped(out, value.as_text());
    return true;
}

void append_escaped(std::string& out, std::string_view text) { append_escaped_html(out, text); }

std::string words_of(const Value& string) {
    return string.type() == Value::Type::html ? html_to_text(string.as_text())
                                              : std::string(string.as_text());
}

std::string_view kind_name(const Value& value) {
    switch (value.type()) {
        case Value::Type::none:
            return "none";
        case Value::Type::undefined:
            return "undefined";
        case Value::Type::boolean:
            return "boolean";
        case Value::Type::integer:
            return "integer";
        case Value::Type::real:
            return "float";
        case Value::Type::text:
        case Value::Type::html:
            return "string";
        case Value::Type::list:
            return "sequence";
        case Value::Type::map:
            return "mapping";
        case Value::Type::function:
            return "macro";
    }
    return "value";
}

char32_t upper_case(char32_t c) {
    for (const CaseBlock& block : case_blocks) {
        const char32_t capital = c - block.distance;
        if (c >= block.distance && capital >= block.first && capital <= block.last) return capital;
    }
    if (c == 0xFF) return 0x178;
    if (c == 0x3C2) return 0x3A3;
    if (c == 0xB5) return 0x39C;
    if ((even_pair(c) && c % 2 == 1) || (odd_pair(c) && c % 2 == 0)) return c - 1;
    return c;
}

char32_t lower_case(char32_t c) {
    for (const CaseBlock& block : case_blocks) {
        if (c >= block.first && c <= block.last) return c + block.distance;
    }
    if (c == 0x178) return 0xFF;
    if ((even_pair(c) && c % 2 == 0) || (odd_pair(c) && c % 2 == 1)) return c + 1;
    return c;
}

std::string upper_case(std::string_view text) { return map_case(text, upper_case); }
std::string lower_case(std::string_view text) { return map_case(text, lower_case); }

bool append_json(std::string& out, const Value& value, JsonStyle style, std::optional<int> indent) {
    return JsonText(out, style, indent).write(value);
}

}  // namespace qunying

#include "template/token_stream.h"

#include <algorithm>
#include <array>

namespace qunying {

bool TokenStream::at_tag_end() const {
    return current().kind == Token::Kind::tag_end || current().kind == Token::Kind::print_end ||
           current().kind == Token::Kind::end;
}

bool TokenStream::skip_symbol(std::string_view symbol) {
    if (!at_symbol(symbol)) return false;
    advance();
    return true;
}

bool TokenStream::skip_word(std::string_view word) {
    if (!at_word(word)) return false;
    advance();
    return true;
}

bool TokenStream::expect_symbol(std::string_view symbol) {
    if (skip_symbol(symbol)) return true;
    fail_here(DiagnosticKind::template_expected, {std::string(symbol)});
    return false;
}

bool TokenStream::expect_word(std::string_view word) {
    if (skip_word(word)) return true;
    fail_here(DiagnosticKind::template_expected, {std::string(word)});
    return false;
}

std::string TokenStream::expect_name() {
    if (!lost_ && current().kind == Token::Kind::name && !is_reserved_word(current().text)) {
        std::string name = current().text;
        advance();
        return name;
    }
    fail_here(DiagnosticKind::template_name_expected);
    return {};
}

void TokenStream::fail(DiagnosticKind kind, Span where, std::vector<std::string> words,
                       DiagnosticExtras extras) {
    if (!lost_) diagnostics_.report(kind, where, std::move(words), std::move(extras));
    lost_ = true;
}

void TokenStream::fail_here(DiagnosticKind kind, std::vector<std::string> more) {
    std::vector<std::string> words = {found()};
    words.insert(words.end(), more.begin(), more.end());
    fail(kind, current().span, std::move(words));
}

void TokenStream::finish_tag() {
    if (!lost_ && !at_tag_end()) fail_here(DiagnosticKind::template_expected, {"%}"});
    while (!at_tag_end()) advance();
    if (current().kind != Token::Kind::end) advance();
    lost_ = false;
}

std::string TokenStream::found() const {
    if (current().kind == Token::Kind::text) return "\"" + current().text + "\"";
    return current().text.empty() ? "%}" : current().text;
}

bool is_reserved_word(std::string_view word) {
    constexpr std::array<std::string_view, 14> words = {"and",   "or",   "not",  "in",    "is",
                                                        "if",    "else", "true", "false", "True",
                                                        "False", "none", "None", "elif"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace qunying

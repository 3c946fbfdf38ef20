#pragma once
// The tokens of one template as the parsers walk them. After a mistake the stream is `lost` until the end of
// the tag: it answers every question with "no" and reports nothing more, so that one mistake is one
// diagnostic and the next tag is read afresh.
#include <string>
#include <string_view>
#include <vector>

#include "template/lexer.h"

namespace qunying {

class TokenStream {
  public:
    TokenStream(std::vector<Token> tokens, Diagnostics& diagnostics)
        : tokens_(std::move(tokens)), diagnostics_(diagnostics) {}

    const Token& current() const { return tokens_[at_]; }
    const Token& ahead() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
    const Token& previous() const { return tokens_[at_ > 0 ? at_ - 1 : 0]; }
    void advance() {
        if (at_ + 1 < tokens_.size()) ++at_;
    }
    bool lost() const { return lost_; }
    Diagnostics& diagnostics() { return diagnostics_; }

    bool at_symbol(std::string_view symbol) const {
        return !lost_ && current().is(Token::Kind::symbol, symbol);
    }
    bool at_word(std::string_view word) const { return !lost_ && current().is(Token::Kind::name, word); }
    bool at_tag_end() const;
    bool skip_symbol(std::string_view symbol);
    bool skip_word(std::string_view word);
    // Report what stands here instead, unless lost already.
    bool expect_symbol(std::string_view symbol);
    bool expect_word(std::string_view word);
    std::string expect_name();

    void fail(DiagnosticKind kind, Span where, std::vector<std::string> words = {},
              DiagnosticExtras extras = {});
    void fail_here(DiagnosticKind kind, std::vector<std::string> more = {});
    // Moves behind the end of the tag; whatever stands before it is a mistake.
    void finish_tag();
    // What the current token looks like to the author.
    std::string found() const;

  private:
    std::vector<Token> tokens_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    bool lost_ = false;
};

// true, if, not… cannot be names of an author's own.
bool is_reserved_word(std::string_view word);

}  // namespace qunying

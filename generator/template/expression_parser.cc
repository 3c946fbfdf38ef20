#include "template/expression_parser.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace qunying {
namespace {

using Kind = Expression::Kind;

class ExpressionParser {
  public:
    explicit ExpressionParser(TokenStream& tokens) : tokens_(tokens) {}

    Expression parse_condition() {
        if (too_deep()) return none();
        ++depth_;
        Expression value = parse_or();
        while (tokens_.skip_word("if")) {
            std::vector<Expression> parts;
            parts.push_back(std::move(value));
            parts.push_back(parse_or());
            parts.push_back(tokens_.skip_word("else") ? parse_condition() : none());
            value = node(Kind::conditional, std::move(parts));
        }
        --depth_;
        return value;
    }

    Expression parse_or() { return parse_chain("or", Kind::any_of, &ExpressionParser::parse_and); }

    Expression parse_filter_chain(Expression value, bool omit_first_bar) {
        while (omit_first_bar || tokens_.skip_symbol("|")) {
            omit_first_bar = false;
            value = parse_filter(std::move(value));
        }
        return value;
    }

  private:
    using Level = Expression (ExpressionParser::*)();

    Expression none() const {
        Expression value;
        value.span = {tokens_.current().span.source, tokens_.current().span.begin,
                      tokens_.current().span.begin};
        return value;
    }

    bool too_deep() {
        if (depth_ < max_expression_height) return false;
        tokens_.fail(DiagnosticKind::template_too_deep, tokens_.current().span);
        return true;
    }

    // A node that spans from its first child (or `begin`) to the token just read.
    Expression node(Kind kind, std::vector<Expression> children, std::optional<Span> begin = std::nullopt) {
        Expression made;
        made.kind = kind;
        made.span = begin ? *begin : children.front().span;
        made.span.end = std::max(made.span.end, tokens_.previous().span.end);
        for (const Expression& child : children) made.height = std::max(made.height, child.height + 1);
        made.children = std::move(children);
        if (made.height > max_expression_height) {
            tokens_.fail(DiagnosticKind::template_too_deep, made.span);
            made.children.resize(0), made.kind = Kind::constant;
        }
        return made;
    }

    Expression constant(Value value, Span span) {
        Expression made;
        made.span = span;
        made.value = std::move(value);
        return made;
    }

    Expression parse_chain(std::string_view word, Kind kind, Level next) {
        std::vector<Expression> parts;
        parts.push_back((this->*next)());
        while (tokens_.skip_word(word)) parts.push_back((this->*next)());
        return parts.size() == 1 ? std::move(parts[0]) : node(kind, std::move(parts));
    }

    Expression parse_and() { return parse_chain("and", Kind::all_of, &ExpressionParser::parse_not); }

    Expression parse_not() {
        const Span begin = tokens_.current().span;
        if (!tokens_.skip_word("not")) return parse_compare();
        if (too_deep()) return none();
        ++depth_;
        Expression inner = parse_not();
        --depth_;
        return node(Kind::negation, one(std::move(inner)), begin);
    }

    static std::vector<Expression> one(Expression value) {
        std::vector<Expression> list;
        list.push_back(std::move(value));
        return list;
    }

    std::optional<Operator> skip_comparison() {
        constexpr std::pair<std::string_view, Operator> symbols[] = {
            {"==", Operator::equal},         {"!=", Operator::not_equal}, {"<=", Operator::less_equal},
            {">=", Operator::greater_equal}, {"<", Operator::less},       {">", Operator::greater}};
        for (const auto& [symbol, comparison] : symbols) {
            if (tokens_.skip_symbol(symbol)) return comparison;
        }
        if (tokens_.skip_word("in")) return Operator::in;
        if (tokens_.at_word("not") && tokens_.ahead().is(Token::Kind::name, "in")) {
            tokens_.advance(), tokens_.advance();
            return Operator::not_in;
        }
        return std::nullopt;
    }

    Expression parse_compare() {
        std::vector<Expression> parts;
        std::vector<Operator> operators;
        parts.push_back(parse_sum());
        while (const std::optional<Operator> next = skip_comparison()) {
            operators.push_back(*next);
            parts.push_back(parse_sum());
        }
        if (operators.empty()) return std::move(parts[0]);
        Expression made = node(Kind::compare, std::move(parts));
        made.operators = std::move(operators);
        return made;
    }

    Expression parse_binary(Level next,
                            std::initializer_list<std::pair<std::string_view, Operator>> symbols) {
        Expression left = (this->*next)();
        for (;;) {
            const auto found = std::find_if(symbols.begin(), symbols.end(), [&](const auto& each) {
                return tokens_.skip_symbol(each.first);
            });
            if (found == symbols.end()) return left;
            std::vector<Expression> parts = one(std::move(left));
            parts.push_back((this->*next)());
            left = node(Kind::binary, std::move(parts));
            left.operators = {found->second};
        }
    }

    Expression parse_sum() {
        return parse_binary(&ExpressionParser::parse_concat,
                            {{"+", Operator::add}, {"-", Operator::subtract}});
    }

    Expression parse_concat() {
        std::vector<Expression> parts;
        parts.push_back(parse_product());
        while (tokens_.skip_symbol("~")) parts.push_back(parse_product());
        return parts.size() == 1 ? std::move(parts[0]) : node(Kind::concat, std::move(parts));
    }

    Expression parse_product() {
        return parse_binary(&ExpressionParser::parse_power, {{"*", Operator::multiply},
                                                             {"//", Operator::floor_divide},
                                                             {"/", Operator::divide},
                                                             {"%", Operator::modulo}});
    }

    // From left to right, unlike Python and like Jinja.
    Expression parse_power() {
        return parse_binary(&ExpressionParser::parse_signed, {{"**", Operator::power}});
    }

    Expression parse_signed() { return parse_filtered(parse_sign()); }

    // -x|abs takes the sign first, as in Jinja.
    Expression parse_sign() {
        const Span begin = tokens_.current().span;
        const bool minus = tokens_.at_symbol("-");
        if (!minus && !tokens_.at_symbol("+")) return parse_postfix(parse_primary());
        if (too_deep()) return none();
        tokens_.advance();
        ++depth_;
        Expression inner = parse_sign();
        --depth_;
        return parse_postfix(node(minus ? Kind::minus : Kind::plus, one(std::move(inner)), begin));
    }

    Expression parse_filtered(Expression value) {
        for (;;) {
            if (tokens_.at_symbol("|")) {
                value = parse_filter_chain(std::move(value), false);
            } else if (tokens_.skip_word("is")) {
                value = parse_test(std::move(value));
            } else if (tokens_.at_symbol("(")) {
                value = parse_call(std::move(value));
            } else {
                return value;
            }
        }
    }

    Expression parse_postfix(Expression value) {
        for (;;) {
            if (tokens_.skip_symbol(".")) {
                value = parse_attribute(std::move(value));
            } else if (tokens_.skip_symbol("[")) {
                value = parse_subscript(std::move(value));
            } else if (tokens_.at_symbol("(")) {
                value = parse_call(std::move(value));
            } else {
                return value;
            }
        }
    }

    Expression parse_attribute(Expression base) {
        const Token token = tokens_.current();
        if (!tokens_.lost() && token.kind == Token::Kind::integer) {
            std::vector<Expression> parts = one(std::move(base));
            parts.push_back(parse_integer());
            return node(Kind::item, std::move(parts));
        }
        if (tokens_.lost() || token.kind != Token::Kind::name) {
            tokens_.fail_here(DiagnosticKind::template_name_expected);
            return base;
        }
        tokens_.advance();
        Expression made = node(Kind::attribute, one(std::move(base)));
        made.name = token.text;
        return made;
    }

    Expression parse_subscript(Expression base) {
        std::vector<Expression> parts = one(std::move(base));
        if (!tokens_.at_symbol(":")) parts.push_back(parse_condition());
        if (!tokens_.at_symbol(":")) {
            tokens_.expect_symbol("]");
            return node(Kind::item, std::move(parts));
        }
        if (parts.size() == 1) parts.push_back(none());
        while (parts.size() < 4 && tokens_.skip_symbol(":")) {
            const bool left_out = tokens_.at_symbol(":") || tokens_.at_symbol("]");
            parts.push_back(left_out ? none() : parse_condition());
        }
        while (parts.size() < 4) parts.push_back(none());
        tokens_.expect_symbol("]");
        return node(Kind::slice, std::move(parts));
    }

    // The arguments go behind `children`.
    void parse_arguments(std::vector<Expression>& children, std::vector<std::string>& keywords) {
        tokens_.expect_symbol("(");
        while (!tokens_.lost() && !tokens_.at_symbol(")")) {
            const bool keyword =
                tokens_.current().kind == Token::Kind::name && tokens_.ahead().is(Token::Kind::symbol, "=");
            if (keyword) {
                keywords.push_back(tokens_.current().text);
                tokens_.advance(), tokens_.advance();
            } else if (!keywords.empty()) {
                tokens_.fail_here(DiagnosticKind::template_name_expected);
                return;
            }
            children.push_back(parse_condition());
            if (!tokens_.at_symbol(")")) tokens_.expect_symbol(",");
        }
        tokens_.expect_symbol(")");
    }

    Expression with_arguments(Kind kind, Expression input, std::string name, std::optional<Span> where) {
        std::vector<Expression> children = one(std::move(input));
        std::vector<std::string> keywords;
        if (tokens_.at_symbol("(")) parse_arguments(children, keywords);
        if (keywords.size() + 1 > children.size()) return std::move(children[0]);
        Expression made = node(kind, std::move(children), where);
        made.name = std::move(name);
        made.keywords = std::move(keywords);
        return made;
    }

    Expression parse_call(Expression callee) {
        const Span where = callee.span;
        return with_arguments(Kind::call, std::move(callee), {}, where);
    }

    Expression parse_filter(Expression input) {
        const Token token = tokens_.current();
        if (tokens_.lost() || token.kind != Token::Kind::name) {
            tokens_.fail_here(DiagnosticKind::template_name_expected);
            return input;
        }
        tokens_.advance();
        return with_arguments(Kind::filter, std::move(input), token.text, token.span);
    }

    Expression parse_test(Expression input) {
        const Span where = tokens_.current().span;
        const bool negated = tokens_.skip_word("not");
        const Token token = tokens_.current();
        if (tokens_.lost() || token.kind != Token::Kind::name) {
            tokens_.fail_here(DiagnosticKind::template_name_expected);
            return input;
        }
        tokens_.advance();
        Expression made = at_bare_argument()
                              ? with_bare_argument(std::move(input), token)
                              : with_arguments(Kind::test, std::move(input), token.text, token.span);
        // `a is b is c` says nothing that anybody means.
        if (tokens_.at_word("is")) tokens_.fail_here(DiagnosticKind::template_expected, {"%}"});
        return negated ? node(Kind::negation, one(std::move(made)), where) : made;
    }

    // `is divisibleby 3`
    bool at_bare_argument() const {
        if (tokens_.lost()) return false;
        const Token& token = tokens_.current();
        switch (token.kind) {
            case Token::Kind::name:
                return !is_reserved_word(token.text) || token.text == "true" || token.text == "false" ||
                       token.text == "none";
            case Token::Kind::text:
            case Token::Kind::integer:
            case Token::Kind::real:
                return true;
            default:
                return tokens_.at_symbol("[") || tokens_.at_symbol("{");
        }
    }

    Expression with_bare_argument(Expression input, const Token& name) {
        std::vector<Expression> parts = one(std::move(input));
        parts.push_back(parse_postfix(parse_primary()));
        Expression made = node(Kind::test, std::move(parts), name.span);
        made.name = name.text;
        return made;
    }

    Expression parse_primary() {
        if (tokens_.lost()) return none();
        const Token token = tokens_.current();
        switch (token.kind) {
            case Token::Kind::name:
                return parse_name();
            case Token::Kind::text:
                return parse_text();
            case Token::Kind::integer:
                return parse_integer();
            case Token::Kind::real:
                return parse_real();
            default:
                break;
        }
        if (too_deep()) return none();
        ++depth_;
        Expression made = parse_bracketed();
        --depth_;
        return made;
    }

    Expression parse_name() {
        const Token token = tokens_.current();
        const std::string lower =
            token.text == "True" || token.text == "False" || token.text == "None"
                ? std::string(1, static_cast<char>(token.text[0] - 'A' + 'a')) + token.text.substr(1)
                : token.text;
        if (lower == "true" || lower == "false" || lower == "none") {
            tokens_.advance();
            return constant(lower == "none" ? Value() : Value::boolean(lower == "true"), token.span);
        }
        if (is_reserved_word(token.text)) {
            tokens_.fail_here(DiagnosticKind::template_expression_expected);
            return none();
        }
        tokens_.advance();
        Expression made = constant(Value(), token.span);
        made.kind = Kind::name;
        made.name = token.text;
        return made;
    }

    // Texts side by side are one.
    Expression parse_text() {
        Span span = tokens_.current().span;
        std::string text;
        while (!tokens_.lost() && tokens_.current().kind == Token::Kind::text) {
            text += tokens_.current().text;
            span.end = tokens_.current().span.end;
            tokens_.advance();
        }
        return constant(Value::text(std::move(text)), span);
    }

    Expression parse_integer() {
        const Token token = tokens_.current();
        std::int64_t value = 0;
        const auto [end, error] =
            std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
        if (error != std::errc() || end != token.text.data() + token.text.size())
            tokens_.fail_here(DiagnosticKind::template_number_too_big);
        tokens_.advance();
        return constant(Value::integer(value), token.span);
    }

    Expression parse_real() {
        const Token token = tokens_.current();
        double value = 0;
        const auto [end, error] =
            std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
        if (error != std::errc()) tokens_.fail_here(DiagnosticKind::template_number_too_big);
        tokens_.advance();
        return constant(Value::real(value), token.span);
    }

    Expression parse_bracketed() {
        const Span begin = tokens_.current().span;
        if (tokens_.skip_symbol("(")) return parse_parenthesis(begin);
        if (tokens_.skip_symbol("[")) return parse_items(begin, "]");
        if (tokens_.skip_symbol("{")) return parse_map(begin);
        tokens_.fail_here(DiagnosticKind::template_expression_expected);
        return none();
    }

    Expression parse_items(Span begin, std::string_view close) {
        std::vector<Expression> items;
        while (!tokens_.lost() && !tokens_.at_symbol(close)) {
            items.push_back(parse_condition());
            if (!tokens_.at_symbol(close)) tokens_.expect_symbol(",");
        }
        tokens_.expect_symbol(close);
        return node(Kind::list, std::move(items), begin);
    }

    Expression parse_parenthesis(Span begin) {
        if (tokens_.at_symbol(")")) return parse_items(begin, ")");
        Expression first = parse_condition();
        if (!tokens_.skip_symbol(",")) {
            tokens_.expect_symbol(")");
            return first;
        }
        Expression rest = parse_items(begin, ")");
        rest.children.insert(rest.children.begin(), std::move(first));
        return node(Kind::list, std::move(rest.children), begin);
    }

    Expression parse_map(Span begin) {
        std::vector<Expression> parts;
        while (!tokens_.lost() && !tokens_.at_symbol("}")) {
            parts.push_back(parse_condition());
            tokens_.expect_symbol(":");
            parts.push_back(parse_condition());
            if (!tokens_.at_symbol("}")) tokens_.expect_symbol(",");
        }
        tokens_.expect_symbol("}");
        return node(Kind::map, std::move(parts), begin);
    }

    TokenStream& tokens_;
    std::uint32_t depth_ = 0;
};

// `first` and what follows its comma, up to the end of the tag or a word that ends the list.
Expression parse_list_without_brackets(TokenStream& tokens, Expression first,
                                       Expression (ExpressionParser::*next)()) {
    if (!tokens.at_symbol(",")) return first;
    Expression list;
    list.kind = Kind::list;
    list.span = first.span;
    list.height = first.height + 1;
    list.children.push_back(std::move(first));
    while (tokens.skip_symbol(",") && !tokens.at_tag_end() && !tokens.at_word("if")) {
        ExpressionParser parser(tokens);
        list.children.push_back((parser.*next)());
        list.height = std::max(list.height, list.children.back().height + 1);
    }
    list.span.end = tokens.previous().span.end;
    return list;
}

}  // namespace

Expression parse_expression(TokenStream& tokens) { return ExpressionParser(tokens).parse_condition(); }

Expression parse_tuple(TokenStream& tokens) {
    return parse_list_without_brackets(tokens, parse_expression(tokens), &ExpressionParser::parse_condition);
}

Expression parse_sequence(TokenStream& tokens) {
    return parse_list_without_brackets(tokens, ExpressionParser(tokens).parse_or(),
                                       &ExpressionParser::parse_or);
}

Expression parse_filters(TokenStream& tokens, Expression input, FirstBar first_bar) {
    return ExpressionParser(tokens).parse_filter_chain(std::move(input), first_bar == FirstBar::omitted);
}

}  // namespace qunying

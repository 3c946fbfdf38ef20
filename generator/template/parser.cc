#include "template/parser.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "template/expression_parser.h"
#include "template/token_stream.h"

namespace qunying {
namespace {

using Words = std::vector<std::string_view>;

class TemplateParser {
  public:
    TemplateParser(const SourceFile& file, Diagnostics& diagnostics)
        : tokens_(read_tokens(file, diagnostics), diagnostics), diagnostics_(diagnostics) {}

    Body parse() {
        Body body = parse_until({});
        return body;
    }

  private:
    // A tag whose end has not come yet.
    struct Open {
        std::string name;
        Span span;
        Words ends;
    };
    using ParseTag = void (TemplateParser::*)(Body&, Span);

    bool ends_some_open_tag(std::string_view word) const {
        return std::any_of(open_.begin(), open_.end(), [&](const Open& each) {
            return std::find(each.ends.begin(), each.ends.end(), word) != each.ends.end();
        });
    }

    // Statements up to a tag named in `ends`, which is left as the current token; or to the end of the text.
    Body parse_until(const Words& ends) {
        Body body;
        for (;;) {
            const Token& token = tokens_.current();
            switch (token.kind) {
                case Token::Kind::end:
                    return body;
                case Token::Kind::literal:
                    body.push_back({token.span, TextNode{token.text}});
                    tokens_.advance();
                    break;
                case Token::Kind::print_begin:
                    parse_print(body);
                    break;
                default:
                    if (at_end_tag(ends)) return body;
                    parse_tag(body);
            }
        }
    }

    // True at a tag that closes this body or, where the author forgot to close it, an outer one.
    bool at_end_tag(const Words& ends) const {
        const std::string_view word = tokens_.ahead().text;
        return std::find(ends.begin(), ends.end(), word) != ends.end() || ends_some_open_tag(word);
    }

    void parse_print(Body& body) {
        const Span begin = tokens_.current().span;
        tokens_.advance();
        Expression value = parse_tuple(tokens_);
        const bool whole = !tokens_.lost() && tokens_.at_tag_end();
        if (!whole) tokens_.fail_here(DiagnosticKind::template_expected, {"}}"});
        tokens_.finish_tag();
        if (whole) body.push_back({span_from(begin), PrintNode{std::move(value)}});
    }

    Span span_from(Span begin) const { return {begin.source, begin.begin, tokens_.previous().span.end}; }

    void parse_tag(Body& body);
    void unknown_tag(const Token& word);

    // Ends the head of a tag that has a body, reads the body and, where `last` stands, its end.
    Body parse_body(std::string_view name, Span span, const Words& ends) {
        tokens_.skip_symbol(":");
        tokens_.finish_tag();
        open_.push_back({std::string(name), span, ends});
        Body inside;
        if (open_.size() > max_statement_depth) {
            diagnostics_.report(DiagnosticKind::template_too_deep, span);
            while (tokens_.current().kind != Token::Kind::end) tokens_.advance();
            gave_up_ = true;
        } else {
            inside = parse_until(ends);
        }
        open_.pop_back();
        return inside;
    }

    // Steps over {% word when it is one of `ends`; the rest of the tag is still to be read. Empty when
    // missing.
    std::string take_end(std::string_view name, Span span, const Words& ends) {
        const std::string word = tokens_.ahead().text;
        const bool there = tokens_.current().kind == Token::Kind::tag_begin &&
                           std::find(ends.begin(), ends.end(), word) != ends.end();
        if (!there) {
            if (!gave_up_)
                diagnostics_.report(DiagnosticKind::template_missing_end, span,
                                    {std::string(name), std::string(ends.back())});
            return {};
        }
        tokens_.advance(), tokens_.advance();
        return word;
    }

    Body parse_whole_body(std::string_view name, Span span, std::string_view end) {
        Body body = parse_body(name, span, {end});
        if (!take_end(name, span, {end}).empty()) finish_end_tag();
        return body;
    }

    // {% endblock name %} may repeat the name.
    void finish_end_tag(std::string_view name = {}) {
        if (!name.empty()) tokens_.skip_word(name);
        tokens_.finish_tag();
    }

    Target parse_target() {
        Target target = parse_target_part();
        if (!tokens_.at_symbol(",")) return target;
        Target all;
        all.span = target.span;
        all.parts.push_back(std::move(target));
        while (tokens_.skip_symbol(",") && !tokens_.at_word("in") && !tokens_.at_symbol("=")) {
            all.parts.push_back(parse_target_part());
        }
        all.span.end = tokens_.previous().span.end;
        return all;
    }

    Target parse_target_part() {
        Target target;
        target.span = tokens_.current().span;
        if (depth_of_targets_ < 8 && tokens_.skip_symbol("(")) {
            ++depth_of_targets_;
            target = parse_target();
            --depth_of_targets_;
            tokens_.expect_symbol(")");
        } else {
            target.name = tokens_.expect_name();
        }
        return target;
    }

    void parse_if(Body& body, Span span) {
        IfNode node;
        const Words ends = {"elif", "else", "endif"}, after_else = {"endif"};
        std::string word = "if";
        Span head = span;
        while (word == "if" || word == "elif") {
            Expression condition = parse_sequence(tokens_);
            Body inside = parse_body("if", span, ends);
            node.branches.push_back({std::move(condition), std::move(inside), head});
            head = tokens_.current().span;
            word = take_end("if", span, ends);
        }
        if (word == "else") {
            node.branches.push_back({std::nullopt, parse_body("if", span, after_else), head});
            word = take_end("if", span, after_else);
        }
        if (!word.empty()) tokens_.finish_tag();
        body.push_back({span, std::move(node)});
    }

    void parse_for(Body& body, Span span) {
        ForNode node;
        const Words ends = {"else", "endfor"}, after_else = {"endfor"};
        node.target = parse_target();
        tokens_.expect_word("in");
        node.sequence = parse_sequence(tokens_);
        if (tokens_.skip_word("if")) node.condition = parse_expression(tokens_);
        node.body = parse_body("for", span, ends);
        std::string word = take_end("for", span, ends);
        if (word == "else") {
            node.otherwise = parse_body("for", span, after_else);
            word = take_end("for", span, after_else);
        }
        if (!word.empty()) tokens_.finish_tag();
        body.push_back({span, std::move(node)});
    }

    void parse_set(Body& body, Span span) {
        Target target = parse_target();
        if (tokens_.skip_symbol("=")) {
            Expression value = parse_tuple(tokens_);
            tokens_.finish_tag();
            body.push_back({span, SetNode{std::move(target), std::move(value)}});
            return;
        }
        if (!tokens_.at_symbol("|") && !tokens_.at_tag_end()) tokens_.expect_symbol("=");
        const bool broken = tokens_.lost();
        CaptureNode node;
        node.target = std::move(target);
        if (tokens_.at_symbol("|")) node.filter = parse_filters(tokens_, captured(span), FirstBar::needed);
        if (broken) return tokens_.finish_tag();
        node.body = parse_whole_body("set", span, "endset");
        body.push_back({span, std::move(node)});
    }

    // Stands for the text of the body, filled in when it is there.
    static Expression captured(Span span) {
        Expression input;
        input.span = span;
        return input;
    }

    void parse_with(Body& body, Span span) {
        WithNode node;
        while (!tokens_.lost() && !tokens_.at_tag_end()) {
            Target target = parse_target_part();
            tokens_.expect_symbol("=");
            node.sets.push_back({std::move(target), parse_expression(tokens_)});
            if (!tokens_.at_tag_end()) tokens_.expect_symbol(",");
        }
        node.body = parse_whole_body("with", span, "endwith");
        body.push_back({span, std::move(node)});
    }

    void parse_block(Body& body, Span span) {
        BlockNode node;
        node.name_span = tokens_.current().span;
        node.name = tokens_.expect_name();
        node.scoped = tokens_.skip_word("scoped");
        node.body = parse_body("block", span, {"endblock"});
        if (!take_end("block", span, {"endblock"}).empty()) finish_end_tag(node.name);
        body.push_back({span, std::move(node)});
    }

    void parse_extends(Body& body, Span span) {
        Expression target = parse_expression(tokens_);
        tokens_.finish_tag();
        body.push_back({span, ExtendsNode{std::move(target)}});
    }

    // `with context` or `without context`, which change the default.
    bool parse_context(bool by_default) {
        const bool with = tokens_.at_word("with"), without = tokens_.at_word("without");
        if (!with && !without) return by_default;
        tokens_.advance();
        tokens_.expect_word("context");
        return with;
    }

    void parse_include(Body& body, Span span) {
        IncludeNode node;
        node.target = parse_expression(tokens_);
        if (tokens_.skip_word("ignore")) node.ignore_missing = tokens_.expect_word("missing");
        node.with_context = parse_context(true);
        tokens_.finish_tag();
        body.push_back({span, std::move(node)});
    }

    void parse_import(Body& body, Span span) {
        ImportNode node;
        node.target = parse_expression(tokens_);
        tokens_.expect_word("as");
        node.alias = tokens_.expect_name();
        node.with_context = parse_context(false);
        const bool whole = !tokens_.lost();
        tokens_.finish_tag();
        if (whole) body.push_back({span, std::move(node)});
    }

    void parse_from(Body& body, Span span) {
        ImportNode node;
        node.target = parse_expression(tokens_);
        tokens_.expect_word("import");
        do {
            ImportNode::Name name;
            name.span = tokens_.current().span;
            name.name = name.alias = tokens_.expect_name();
            if (tokens_.skip_word("as")) name.alias = tokens_.expect_name();
            node.names.push_back(std::move(name));
        } while (tokens_.skip_symbol(","));
        node.with_context = parse_context(false);
        const bool whole = !tokens_.lost();
        tokens_.finish_tag();
        if (whole) body.push_back({span, std::move(node)});
    }

    void parse_parameters(std::vector<MacroNode::Parameter>& parameters) {
        tokens_.expect_symbol("(");
        while (!tokens_.lost() && !tokens_.at_symbol(")")) {
            MacroNode::Parameter parameter;
            parameter.span = tokens_.current().span;
            parameter.name = tokens_.expect_name();
            const bool needs_default = !parameters.empty() && parameters.back().value;
            if (tokens_.skip_symbol("=")) {
                parameter.value = parse_expression(tokens_);
            } else if (needs_default) {
                tokens_.expect_symbol("=");
            }
            parameters.push_back(std::move(parameter));
            if (!tokens_.at_symbol(")")) tokens_.expect_symbol(",");
        }
        tokens_.expect_symbol(")");
    }

    void parse_macro(Body& body, Span span) {
        MacroNode node;
        node.name_span = tokens_.current().span;
        node.name = tokens_.expect_name();
        parse_parameters(node.parameters);
        node.body = parse_whole_body("macro", span, "endmacro");
        if (!node.name.empty()) body.push_back({span, std::move(node)});
    }

    void parse_call(Body& body, Span span) {
        CallNode node;
        node.body.name_span = span;
        if (tokens_.at_symbol("(")) parse_parameters(node.body.parameters);
        node.call = parse_expression(tokens_);
        const bool is_call = node.call.kind == Expression::Kind::call;
        if (!is_call) tokens_.fail(DiagnosticKind::template_not_callable, node.call.span, {node.call.name});
        node.body.body = parse_whole_body("call", span, "endcall");
        if (is_call) body.push_back({span, std::move(node)});
    }

    void parse_filter(Body& body, Span span) {
        FilterNode node;
        node.filter = parse_filters(tokens_, captured(span), FirstBar::omitted);
        node.body = parse_whole_body("filter", span, "endfilter");
        body.push_back({span, std::move(node)});
    }

    void parse_json_ld(Body& body, Span span) {
        Expression value = parse_expression(tokens_);
        tokens_.finish_tag();
        body.push_back({span, JsonLdNode{std::move(value)}});
    }

    static const std::map<std::string, ParseTag, std::less<>>& tags();

    TokenStream tokens_;
    Diagnostics& diagnostics_;
    std::vector<Open> open_;
    int depth_of_targets_ = 0;
    bool gave_up_ = false;

    friend const std::vector<std::string>& qunying::tag_names();
};

const std::map<std::string, TemplateParser::ParseTag, std::less<>>& TemplateParser::tags() {
    static const std::map<std::string, ParseTag, std::less<>> table = {
        {"if", &TemplateParser::parse_if},           {"for", &TemplateParser::parse_for},
        {"set", &TemplateParser::parse_set},         {"with", &TemplateParser::parse_with},
        {"block", &TemplateParser::parse_block},     {"extends", &TemplateParser::parse_extends},
        {"include", &TemplateParser::parse_include}, {"import", &TemplateParser::parse_import},
        {"from", &TemplateParser::parse_from},       {"macro", &TemplateParser::parse_macro},
        {"call", &TemplateParser::parse_call},       {"filter", &TemplateParser::parse_filter},
        {"json_ld", &TemplateParser::parse_json_ld},
    };
    return table;
}

void TemplateParser::parse_tag(Body& body) {
    const Span begin = tokens_.current().span;
    tokens_.advance();
    const Token word = tokens_.current();
    const auto found = tags().find(word.text);
    if (word.kind != Token::Kind::name || found == tags().end()) return unknown_tag(word);
    tokens_.advance();
    (this->*(found->second))(body, {begin.source, begin.begin, word.span.end});
}

void TemplateParser::unknown_tag(const Token& word) {
    const bool closes = word.text.starts_with("end") || word.text == "else" || word.text == "elif";
    if (word.kind != Token::Kind::name) {
        tokens_.fail_here(DiagnosticKind::template_name_expected);
    } else if (closes) {
        tokens_.fail(DiagnosticKind::template_stray_end, word.span, {word.text});
    } else {
        DiagnosticExtras extras;
        extras.meant = nearest(word.text, tag_names()).value_or("");
        tokens_.fail(DiagnosticKind::template_unknown_tag, word.span, {word.text}, std::move(extras));
    }
    tokens_.finish_tag();
}

}  // namespace

Body parse_template(const SourceFile& file, Diagnostics& diagnostics) {
    return TemplateParser(file, diagnostics).parse();
}

const std::vector<std::string>& tag_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all = {"raw"};
        for (const auto& entry : TemplateParser::tags()) all.push_back(entry.first);
        return all;
    }();
    return names;
}

}  // namespace qunying

#include "template/html_writer.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {
namespace {

Span visible_part(std::string_view text, Span span) {
    const auto lead = static_cast<std::uint32_t>(text.find_first_not_of(" \t\r\n\f\v"));
    span.begin = std::min(span.begin + lead, span.end);
    span.end = std::min(span.end, span.begin + static_cast<std::uint32_t>(trim(text).size()));
    return span;
}

}  // namespace

Instruction& HtmlWriter::emit(Op op, std::uint32_t a, std::uint32_t b) {
    Instruction instruction;
    instruction.op = op;
    instruction.a = a, instruction.b = b;
    instruction.span = span_;
    scope_->function.code.push_back(instruction);
    return scope_->function.code.back();
}

void HtmlWriter::report(DiagnosticKind kind, Span where, std::vector<std::string> words,
                        DiagnosticExtras extras) {
    diagnostics_.report(kind, where, std::move(words), std::move(extras));
}

void HtmlWriter::report_open_fragment(Span where, const std::string& what) {
    report(DiagnosticKind::template_fragment_open, where, {what});
}

void HtmlWriter::emit_literal(std::string_view text) {
    if (text.empty()) return;
    const auto begin = static_cast<std::uint32_t>(code_.literals.size());
    code_.literals += text;
    emit(Op::text, begin, static_cast<std::uint32_t>(text.size()));
}

void HtmlWriter::write_literal(std::string_view text, Span span) {
    std::size_t written = 0, opened = std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (context().would_glue(text[i])) report(DiagnosticKind::template_branches_differ, span);
        const bool before = context().in_address();
        const bool list = context().attribute_kind == HtmlContext::Attribute::url_list;
        context().feed(text[i]);
        const bool after = context().in_address();
        if (!before && after) opened = i + 1;
        if (!before || after) continue;
        if (opened == std::string_view::npos) {
            emit_literal(text.substr(written, i - written));
            emit(Op::address_end, list ? 1 : 0);
            written = i;
        }
        opened = std::string_view::npos;
    }
    if (opened != std::string_view::npos) {
        emit_literal(text.substr(written, opened - written));
        emit(Op::address_begin);
        written = opened;
    }
    emit_literal(text.substr(written));
}

void HtmlWriter::warn_of_lost_text(std::string_view text, Span span) {
    const bool blank = text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
    if (!blank) report(DiagnosticKind::template_outside_block, visible_part(text, span));
}

bool HtmlWriter::at_block_start_context() {
    return scope_->kind() == FunctionKind::block && context().place == scope_->start.place &&
           merge_contexts(scope_->start, context());
}

bool HtmlWriter::may_print(Span where) {
    const std::optional<ForbiddenPlace> refusal = context().refusal();
    if (!refusal) return true;
    switch (*refusal) {
        case ForbiddenPlace::unquoted_attribute:
            report(DiagnosticKind::template_unquoted_attribute, where);
            break;
        case ForbiddenPlace::script:
            report(DiagnosticKind::template_in_script, where);
            break;
        case ForbiddenPlace::style:
            report(DiagnosticKind::template_in_style, where);
            break;
        case ForbiddenPlace::tag:
            report(DiagnosticKind::template_in_tag, where);
            break;
    }
    context().after_print();
    return false;
}

void HtmlWriter::meet(const std::vector<HtmlContext>& ends, Span where) {
    HtmlContext merged = ends.front();
    for (std::size_t i = 1; i < ends.size(); ++i) {
        const std::optional<HtmlContext> both = merge_contexts(merged, ends[i]);
        if (!both)
            return report(DiagnosticKind::template_branches_differ, where), void(context() = ends.front());
        merged = *both;
    }
    context() = merged;
}

}  // namespace qunying

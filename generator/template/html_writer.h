#pragma once
// Writes instructions into the function that is being compiled and follows the HTML while it does: splits
// literals where addresses begin and end, refuses values where no escaping would help, joins branches.
#include "base/diagnostic.h"
#include "template/scopes.h"

namespace qunying {

class HtmlWriter {
  protected:
    HtmlWriter(ProgramCode& code, Diagnostics& diagnostics) : code_(code), diagnostics_(diagnostics) {}
    ~HtmlWriter() = default;

    Instruction& emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0);
    std::uint32_t here() const { return static_cast<std::uint32_t>(scope_->function.code.size()); }
    Instruction& at(std::uint32_t i) { return scope_->function.code[i]; }
    HtmlContext& context() { return scope_->context; }

    // Follows the literal through the HTML; marks the ends of addresses that more than literals go into.
    void write_literal(std::string_view text, Span span);
    // Of a literal at the top of a template that extends another.
    void warn_of_lost_text(std::string_view text, Span span);
    // False, and a report, where a value may not stand.
    bool may_print(Span where);
    // What super() writes was escaped for the place where the block begins.
    bool at_block_start_context();
    // Where several ways through the template meet.
    void meet(const std::vector<HtmlContext>& ends, Span where);

    void report(DiagnosticKind kind, Span where, std::vector<std::string> words = {},
                DiagnosticExtras extras = {});
    void report_open_fragment(Span where, const std::string& what);

    ProgramCode& code_;
    Diagnostics& diagnostics_;
    FunctionScope* scope_ = nullptr;  // the function being compiled
    Span span_;                       // of the statement being compiled

  private:
    void emit_literal(std::string_view text);
};

}  // namespace qunying

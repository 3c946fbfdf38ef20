#pragma once
// Settles what an expression's words mean: the place of each name, the entry of each filter and test, which
// argument goes to which parameter.
#include "base/diagnostic.h"
#include "template/scopes.h"

namespace qunying {

class Resolver {
  public:
    Resolver(SymbolTable& symbols, Diagnostics& diagnostics) : symbols_(symbols), diagnostics_(diagnostics) {}

    void resolve(Expression& expression, FunctionScope& scope);
    Place place_of(std::string_view name, FunctionScope& scope);

  private:
    void resolve_call(Expression& call, FunctionScope& scope);
    void resolve_filter(Expression& filter);
    void resolve_test(Expression& test);
    void bind(Expression& call, std::string_view signature, bool applies);
    void bind_inner(Expression& call, std::size_t first);
    void report_arguments(Expression& call, std::string_view signature);
    void report_unknown(Expression& call, DiagnosticKind kind, const std::vector<std::string>& names);

    SymbolTable& symbols_;
    Diagnostics& diagnostics_;
};

}  // namespace qunying

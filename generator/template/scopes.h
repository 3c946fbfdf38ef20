#pragma once
// Which name means which place. A function of a template (its top, a block, a macro, the body of a call) has
// a frame of slots; scopes inside it (for, with, set blocks) take slots and give them back. What no scope
// declares is a name of the page, shared by all its templates.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "template/code.h"

namespace qunying {

class SymbolTable {
  public:
    Symbol intern(std::string_view name);
    const std::string& name(Symbol symbol) const { return names_[symbol]; }
    std::vector<std::string> take() { return std::move(names_); }

  private:
    std::map<std::string, Symbol, std::less<>> known_;
    std::vector<std::string> names_;
};

enum class FunctionKind : std::uint8_t { top, block, macro, call_body };

// A function while it is being compiled.
class FunctionScope {
  public:
    FunctionScope(FunctionKind kind, FunctionScope* outer) : kind_(kind), outer_(outer) {}

    Function function;
    HtmlContext context;
    HtmlContext start;             // of a block: where it begins
    bool muted = false;            // the top of a template that extends another: its output goes nowhere
    bool in_parent_block = false;  // super() has something to call

    FunctionKind kind() const { return kind_; }
    FunctionScope* outer() const { return outer_; }
    // True where assignments change names of the page.
    bool at_top() const { return kind_ == FunctionKind::top && scopes_.empty(); }
    void open();
    void close();
    // A new local in the innermost scope; the same again where that scope has it already.
    std::uint32_t declare(std::string_view name);
    bool declared_here(std::string_view name) const;
    std::optional<std::uint32_t> find(std::string_view name);
    // Every local that can be seen from here, innermost first.
    void visible(std::uint16_t depth, std::vector<std::pair<std::string, Place>>& out) const;

  private:
    struct Scope {
        std::vector<std::pair<std::string, std::uint32_t>> names;
        std::uint32_t first_slot = 0;
    };
    std::optional<std::uint32_t> find_special(std::string_view name);

    FunctionKind kind_;
    FunctionScope* outer_;
    std::vector<Scope> scopes_;
    std::uint32_t next_slot_ = 0;
};

}  // namespace qunying

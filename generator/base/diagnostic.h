#pragma once
// What is wrong in the author's files, said so that the author can mend it. A diagnostic holds a kind from
// the registry (diagnostic_kinds.def), a place and the words to fill in; it becomes text only when it is
// printed.
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace qunying {

enum class Severity { error, warning };
enum class Language { chinese, english };

enum class DiagnosticKind {
#define QY_DIAGNOSTIC(name, id, severity, chinese, chinese_cure, english, english_cure) name,
#include "base/diagnostic_kinds.def"
#undef QY_DIAGNOSTIC
};

// One line of the registry. Messages hold {0}, {1}… for the words of the occurrence.
struct KindEntry {
    DiagnosticKind kind;
    std::string_view id;
    Severity severity;
    std::string_view chinese, chinese_cure, english, english_cure;
};
const KindEntry& entry_of(DiagnosticKind kind);
const std::vector<KindEntry>& all_kinds();

struct Diagnostic {
    DiagnosticKind kind;
    Span where;
    std::vector<std::string> words;
    std::string meant;            // what the author probably meant, or empty
    std::optional<Span> related;  // the other place, where a mistake has two
    std::string meant_place;      // where that is to be found, e.g. content/teams/x.md, or empty
    Severity severity;

    bool operator==(const Diagnostic&) const = default;
};

// Extras of one report.
struct DiagnosticExtras {
    std::string meant = {};
    std::optional<Span> related = std::nullopt;
    std::string meant_place = {};
};

// Collects; never throws, never stops. One per task, merged in input order.
class Diagnostics {
  public:
    void report(DiagnosticKind kind, Span where, std::vector<std::string> words = {},
                DiagnosticExtras extras = {});
    void merge(Diagnostics&& other);
    void add(std::vector<Diagnostic> items);
    // For what could not be said yet when it was reported.
    std::vector<Diagnostic>& amended() { return items_; }
    // Warnings become errors (--strict).
    void promote_warnings();
    // Sorts by path and offset and drops exact duplicates.
    void settle(const Sources& sources);

    const std::vector<Diagnostic>& items() const { return items_; }
    bool empty() const { return items_.empty(); }
    std::size_t count(Severity severity) const;
    bool has_errors() const { return count(Severity::error) > 0; }

  private:
    std::vector<Diagnostic> items_;
};

// Bytes to remember findings by, for the same program and the same sources; nothing where they are torn.
std::string pack_diagnostics(const std::vector<Diagnostic>& items);
std::optional<std::vector<Diagnostic>> unpack_diagnostics(std::string_view bytes);

// Personal data that the words, the path or the line of a finding hold are masked in all that follows.
// The sentence of a diagnostic without its place, e.g. 没有编号为“x”的集体.
std::string message_of(const Diagnostic& diagnostic, Language language);
// What to do about it.
std::string cure_of(const Diagnostic& diagnostic, Language language);

// path:line:column: 错误：message [id], the line with carets under the place by display width, the other
// place, and the cure. Ends with a newline.
std::string as_text(const Diagnostic& diagnostic, const Sources& sources, Language language);
// {"diagnostics":[{path,line,column,end_line,end_column,severity,id,message,cure}…]}
std::string as_json(const Diagnostics& diagnostics, const Sources& sources, Language language);
// SARIF 2.1.0, for editors and CI.
std::string as_sarif(const Diagnostics& diagnostics, const Sources& sources, Language language);

}  // namespace qunying

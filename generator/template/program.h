#pragma once
// The templates of one theme, compiled together, and how a page is made from one of them. A ProgramSet is
// constant and may be used by many threads at once; all that changes while rendering lives in the call.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "template/value.h"

namespace qunying {

// One template of a ProgramSet.
enum class ProgramId : std::uint32_t {};

struct ProgramCode;

class ProgramSet {
  public:
    ProgramSet();  // holds no template
    explicit ProgramSet(std::shared_ptr<const ProgramCode> code);

    // The template of that name, counted from the theme's templates folder: "person.html".
    std::optional<ProgramId> find(std::string_view name) const;
    // All names, in order.
    std::vector<std::string> names() const;
    const ProgramCode& code() const { return *code_; }

  private:
    std::shared_ptr<const ProgramCode> code_;
};

// A template's text under the name that extends, include and import call it by.
struct TemplateFile {
    std::string name;
    const SourceFile* source = nullptr;
};

// Compiles all templates of a theme: checks that every extends, include and import leads somewhere and not in
// a circle, resolves names, and settles for each printed value how it is escaped where it stands.
ProgramSet compile_templates(std::span<const TemplateFile> files, Diagnostics& diagnostics);
// The same; a file's name is what follows the last "templates/" of its path, or else the whole path.
ProgramSet compile_templates(std::span<const SourceFile* const> files, Diagnostics& diagnostics);

// Of the text of the template and of everything it extends, includes and imports. For memo keys.
Digest program_digest(const ProgramSet& programs, ProgramId program);
inline std::optional<ProgramId> find(const ProgramSet& programs, std::string_view name) {
    return programs.find(name);
}

// What a page may cost before it is stopped with a diagnostic.
struct RenderLimits {
    std::uint64_t steps = 50'000'000;  // statements, expressions, items walked by filters, bytes of text / 16
    std::uint32_t depth = 100;         // macros, blocks and includes in one another
    std::size_t output_bytes = 64u << 20;  // of the page, and of any single text on the way
};

// Never fails: a mistake is reported at its place, once, and prints nothing; the rest of the page is made.
std::string render(const ProgramSet& programs, ProgramId program, const Value& view, Diagnostics& diagnostics,
                   const RenderLimits& limits = {});

}  // namespace qunying

#pragma once
// Habits of hand that Markdown does not know, and marks left over. Inside syntax/ only.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "syntax/markdown.h"
#include "syntax/markdown_text.h"

namespace qunying {

// [[kind:target|text]]; the target is empty where the brackets hold none.
StoryReference read_reference(const ReferenceToken& token);

// What a line looks like that its author thinks a heading or a list.
struct LineFinding {
    DiagnosticKind kind;
    std::vector<std::string> words;  // the first is the line's beginning
};

// Looks at the starts of lines in their order; of a run 1、 2、 3、 only the first is told.
class ListHabit {
  public:
    std::optional<LineFinding> look_at(std::string_view line);
    // False where look_at would find nothing and learn nothing, by the first byte: a mark, a digit, or a
    // character that stands for other text.
    static bool concerns(std::string_view line) {
        return !line.empty() && std::string_view("#-+0123456789\xF4").find(line[0]) != std::string_view::npos;
    }

  private:
    int last_number_ = 0;
    DiagnosticKind last_kind_ = DiagnosticKind::list_without_dot;
};

// A run of ** or [[ that is still text.
struct Leftover {
    std::size_t begin = 0, size = 0;  // in the prepared text
};

// The runs in `literal`, a text of the block [begin, end) that probably starts at `hint`; escaped ones are
// meant.
std::vector<Leftover> leftovers(std::string_view text, std::size_t hint, std::string_view literal,
                                std::size_t begin, std::size_t end);

}  // namespace qunying

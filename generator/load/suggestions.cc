#include "load/suggestions.h"

#include <map>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"

namespace qunying {
namespace {

// The file of that folder whose name is nearest, or nothing.
std::string near_file(const std::string& path, const FileSet& files) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    const std::string name = path.substr(folder.size());
    std::vector<std::string> names;
    for (auto at = files.lower_bound(folder); at != files.end() && at->starts_with(folder); ++at) {
        const std::string other = at->substr(folder.size());
        if (other.find('/') != std::string::npos || other.ends_with(".md") || other.ends_with(".yaml"))
            continue;
        if (ascii_lower(other) == ascii_lower(name)) return other;
        names.push_back(other);
    }
    return nearest(name, names).value_or("");
}

// What is asked for: an unknown name and its kinds, or a missing file.
struct Question {
    DiagnosticKind kind;
    std::string name, wanted;

    auto operator<=>(const Question&) const = default;
};

bool asks(const Diagnostic& finding) {
    const bool kind =
        finding.kind == DiagnosticKind::unknown_reference || finding.kind == DiagnosticKind::missing_file;
    return kind && finding.meant.empty() && !finding.meant_place.empty();
}

Question question_of(const Diagnostic& finding) {
    const bool file = finding.kind == DiagnosticKind::missing_file;
    return {finding.kind, file ? std::string() : finding.words.front(), finding.meant_place};
}

DiagnosticExtras answer(const Question& question, const NameIndex& names, const FileSet& files) {
    if (question.kind == DiagnosticKind::missing_file) return {.meant = near_file(question.wanted, files)};
    return names.suggest(question.name, question.wanted);
}

}  // namespace

void add_suggestions(const NameIndex& names, const FileSet& files, Diagnostics& diagnostics,
                     unsigned threads) {
    std::vector<Question> questions;
    std::map<Question, std::size_t> known;
    for (const Diagnostic& finding : diagnostics.items()) {
        if (!asks(finding) || questions.size() == suggestion_limit) continue;
        if (known.emplace(question_of(finding), questions.size()).second)
            questions.push_back(question_of(finding));
    }
    const auto answers = parallel_map(threads, questions.size(),
                                      [&](std::size_t i) { return answer(questions[i], names, files); });
    for (Diagnostic& finding : diagnostics.amended()) {
        if (!asks(finding)) continue;
        const auto found = known.find(question_of(finding));
        const DiagnosticExtras extras = found == known.end() ? DiagnosticExtras{} : answers[found->second];
        finding.meant = extras.meant;
        finding.meant_place = extras.meant_place;
    }
}

}  // namespace qunying

#pragma once
// Personal data in what is to be published (rule 10), and how it is said.
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/private_data.h"
#include "base/source.h"

namespace qunying {

// Addresses that an office could have, too, are passed over where offices are written about.
enum class Addresses { all, homes_alone };

// The kind of finding for it.
DiagnosticKind finding_of(PrivateKind kind);

// Whether it is to be said: not let pass by the editor, and no office's address where those may stand.
bool is_to_be_said(const PrivateMatch& match, std::string_view text, Addresses addresses,
                   std::span<const std::string> allowed);

// What is found in a text that stands at `base` of a source, with its place.
void report_private_data(std::string_view text, Span base, Addresses addresses,
                         std::span<const std::string> allowed, Diagnostics& diagnostics);

// What is found where no line can be shown: in a name, in a file that is no text. `chinese` and `english` say
// where, as part of the sentence: “文件名里”, “ in the name of the file”.
void report_private_data(std::string_view text, Span where, std::string_view chinese,
                         std::string_view english, std::span<const std::string> allowed,
                         Diagnostics& diagnostics);

}  // namespace qunying

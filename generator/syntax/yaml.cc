#include "syntax/yaml.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "syntax/yaml_mend.h"
#include "syntax/yaml_plain.h"
#include "syntax/yaml_tree.h"

namespace qunying {
namespace {

// After so many repairs a file is beyond help; what has been read by then is all there is.
constexpr int repair_limit = 40;

// The line `---` or `...` in front of `at`, or nothing: then the two documents are one with a wrong indent.
std::optional<std::size_t> document_marker(std::string_view text, std::size_t at) {
    for (std::size_t line = line_begin(text, at);; line = line_begin(text, line - 1)) {
        const std::string_view words = text.substr(line, 3);
        if (words == "---" || words == "...") return line;
        if (line == 0) return std::nullopt;
        const std::string_view whole = trim(text.substr(line, line_end(text, line) - line));
        if (line < line_begin(text, at) && !whole.empty() && !whole.starts_with('#')) return std::nullopt;
    }
}

bool is_control(char c, char next) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && !(c == '\r' && next == '\n'));
}

// yaml-cpp takes U+0004 for the end of the text and a NUL for UTF-16. Said once, however many there are.
void replace_controls(MendedText& mended, Diagnostics& diagnostics) {
    bool said = false;
    for (std::size_t at = 0; at < mended.text().size(); ++at) {
        const char next = at + 1 < mended.text().size() ? mended.text()[at + 1] : '\n';
        if (!is_control(mended.text()[at], next)) continue;
        if (!said) diagnostics.report(DiagnosticKind::yaml_control_character, mended.span(at, at + 1));
        said = true;
        mended.overwrite(at, " ");
    }
}

YamlReading read_mended(MendedText& text, Diagnostics& diagnostics) {
    YamlReading reading;
    for (int repairs = 0;; ++repairs) {
        YamlAttempt attempt = read_once(text);
        std::optional<YamlFault>& fault = attempt.fault;
        if (const auto second = attempt.second_document; second && !fault) {
            const auto marker = document_marker(text.text(), *second);
            if (marker)
                diagnostics.report(DiagnosticKind::yaml_second_document, text.span(*marker, *marker + 3));
            if (!marker) fault = YamlFault{YamlStop::end_of_block, *second, *second, *second, false, {}};
            reading.intact = false;
        }
        const std::string before(text.text());
        if (fault) {
            reading.intact = false;
            mend(text, *fault, diagnostics);
        }
        if (fault && repairs < repair_limit && text.text() != before) continue;
        reading.root = std::move(attempt.root);
        diagnostics.merge(std::move(attempt.found));
        return reading;
    }
}

}  // namespace

const YamlEntry* YamlNode::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const YamlEntry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

YamlReading read_yaml(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                      Diagnostics& diagnostics) {
    std::string_view bytes = std::string_view(source.text).substr(begin, end - begin);
    if (bytes.starts_with(byte_order_mark)) {
        begin += static_cast<std::uint32_t>(byte_order_mark.size());
        bytes.remove_prefix(byte_order_mark.size());
    }
    YamlReading nothing;
    nothing.root.failed = true;
    nothing.root.span = {source.id, begin, begin};
    nothing.intact = false;
    if (bytes.size() > yaml_byte_limit) {
        diagnostics.report(DiagnosticKind::yaml_too_long, {source.id, begin, begin + 1},
                           {std::to_string(yaml_byte_limit / 1024)});
        return nothing;
    }
    bool intact = true;
    if (const auto bad = find_invalid_utf8(bytes)) {
        const auto at = begin + static_cast<std::uint32_t>(*bad);
        diagnostics.report(DiagnosticKind::bad_utf8, {source.id, at, at + 1});
        bytes = bytes.substr(0, line_begin(bytes, *bad));
        intact = false;
    }
    if (auto plain = intact ? read_plain_yaml(bytes, source.id, begin) : std::nullopt)
        return {std::move(*plain), true};
    MendedText text{std::string(bytes), source.id, begin};
    replace_controls(text, diagnostics);
    Diagnostics cut;  // what is wrong because the text was cut at the bad byte
    YamlReading reading = read_mended(text, intact ? diagnostics : cut);
    reading.intact = reading.intact && intact;
    if (!reading.root.span.known()) reading.root.span = {source.id, begin, begin};
    return reading;
}

YamlNode parse_yaml(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                    Diagnostics& diagnostics) {
    return read_yaml(source, begin, end, diagnostics).root;
}

YamlNode parse_yaml(const SourceFile& source, Diagnostics& diagnostics) {
    return parse_yaml(source, 0, static_cast<std::uint32_t>(source.text.size()), diagnostics);
}

}  // namespace qunying

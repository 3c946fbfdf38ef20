#include "syntax/yaml_text.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

}  // namespace

std::uint32_t MendedText::original(std::size_t at) const {
    const auto before = std::lower_bound(inserted_.begin(), inserted_.end(), at) - inserted_.begin();
    return offset_ + static_cast<std::uint32_t>(at - static_cast<std::size_t>(before));
}

Span MendedText::span(std::size_t begin, std::size_t end) const {
    return {source_, original(begin), original(end)};
}

void MendedText::insert(std::size_t at, std::string_view bytes) {
    text_.insert(at, bytes);
    const auto first = std::lower_bound(inserted_.begin(), inserted_.end(), at);
    for (auto each = first; each != inserted_.end(); ++each) *each += bytes.size();
    std::vector<std::size_t> fresh(bytes.size());
    for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i] = at + i;
    inserted_.insert(first, fresh.begin(), fresh.end());
}

void MendedText::blank(std::size_t begin, std::size_t end, char with) {
    for (std::size_t at = begin; at < end && at < text_.size(); ++at) {
        if (text_[at] != '\n' && text_[at] != '\r') text_[at] = with;
    }
}

void MendedText::overwrite(std::size_t at, std::string_view bytes) {
    std::copy(bytes.begin(), bytes.end(), text_.begin() + static_cast<std::ptrdiff_t>(at));
}

bool MendedText::is_failed(Span original) const {
    return std::any_of(failed_.begin(), failed_.end(), [&](const Span& each) {
        return each.begin < original.end && original.begin < each.end;
    });
}

std::size_t line_begin(std::string_view text, std::size_t at) {
    const std::size_t before = at == 0 ? npos : text.rfind('\n', std::min(at, text.size()) - 1);
    return before == npos ? 0 : before + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', std::min(at, text.size())), text.size());
}

std::size_t indent_at(std::string_view text, std::size_t at) {
    const std::size_t begin = line_begin(text, at);
    return std::min(text.find_first_not_of(" \t", begin), text.size()) - begin;
}

namespace {

std::size_t double_quoted_end(std::string_view text, std::size_t begin) {
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            return at + 1;
        }
    }
    return npos;
}

std::size_t single_quoted_end(std::string_view text, std::size_t begin) {
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (text[at] != '\'') continue;
        if (at + 1 >= text.size() || text[at + 1] != '\'') return at + 1;
        ++at;
    }
    return npos;
}

// The header line and every following line that is blank or further in than the header's own.
std::size_t block_scalar_end(std::string_view text, std::size_t begin) {
    const std::size_t indent = indent_at(text, begin);
    std::size_t end = line_end(text, begin);
    for (std::size_t next = end; next < text.size();) {
        const std::size_t line = next + 1;
        next = line_end(text, line);
        const bool blank = trim(text.substr(line, next - line)).empty();
        if (!blank && indent_at(text, line) <= indent) break;
        if (!blank) end = next;
    }
    return end;
}

// Line folds read as one space; the value holds everything else as it was written.
std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value) {
    std::size_t at = begin;
    for (std::size_t i = 0; i < value.size() && at < text.size(); ++i) {
        if (value[i] != ' ' && value[i] != '\n') {
            ++at;
            continue;
        }
        while (at < text.size() && std::string_view(" \t\r\n").find(text[at]) != npos) ++at;
        while (i + 1 < value.size() && (value[i + 1] == ' ' || value[i + 1] == '\n')) ++i;
    }
    return at;
}

}  // namespace

std::size_t scalar_end(std::string_view text, std::size_t begin, std::string_view value) {
    const char first = begin < text.size() ? text[begin] : '\0';
    if (first == '"') return double_quoted_end(text, begin);
    if (first == '\'') return single_quoted_end(text, begin);
    if (first == '|' || first == '>') return block_scalar_end(text, begin);
    return plain_end(text, begin, value);
}

}  // namespace qunying

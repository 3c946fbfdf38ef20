#include "base/source.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {

Span shifted(Span inner, std::uint32_t offset) {
    return {inner.source, inner.begin + offset, inner.end + offset};
}

SourceId Sources::add(std::string path, std::string text) {
    const auto id = static_cast<SourceId>(files_.size());
    files_.push_back({id, std::move(path), std::move(text), true});
    return id;
}

SourceId Sources::add_unread(std::string path) {
    const SourceId id = add(std::move(path), "");
    drop_text(id);
    return id;
}

void Sources::set_text(SourceId id, std::string text) {
    SourceFile& file = files_[static_cast<std::size_t>(id)];
    file.text = std::move(text);
    file.loaded = true;
}

void Sources::drop_text(SourceId id) {
    SourceFile& file = files_[static_cast<std::size_t>(id)];
    file.text = std::string();
    file.loaded = false;
}

Line line_at(std::string_view text, std::uint32_t offset) {
    const std::size_t at = std::min<std::size_t>(offset, text.size());
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    if (begin == 0 && text.starts_with(byte_order_mark)) begin = byte_order_mark.size();
    std::size_t end = std::max(begin, std::min(text.find('\n', at), text.size()));
    if (end > begin && text[end - 1] == '\r') --end;
    return {text.substr(begin, end - begin), static_cast<std::uint32_t>(begin)};
}

LineColumn line_column(std::string_view text, std::uint32_t offset) {
    const Line line = line_at(text, offset);
    const auto lines_before = std::count(text.begin(), text.begin() + line.begin, '\n');
    const std::size_t in_line =
        std::min<std::size_t>(offset > line.begin ? offset - line.begin : 0, line.text.size());
    return {static_cast<std::uint32_t>(lines_before) + 1,
            static_cast<std::uint32_t>(count_code_points(line.text.substr(0, in_line))) + 1};
}

}  // namespace qunying

#include "load/parsed_record.h"

#include <cstring>

#include "base/failure.h"
#include "base/text.h"
#include "model/record.h"

namespace qunying {
namespace {

constexpr std::size_t header_size = 1 + sizeof(std::uint32_t);

}  // namespace

ParsedRecord parse_record(const SourceFile& source, Diagnostics& diagnostics, ParseTimes times) {
    ParsedRecord record;
    record.source = source.id;
    ParsedFile file;
    {
        const CpuTimer timer(times.yaml);
        file.document = parse_document(source, diagnostics);
        record.front = pack(file);
        record.front.shrink_to_fit();
        record.body_begin = file.document.body_begin;
        record.body_end = file.document.body_end;
    }
    const CpuTimer timer(times.markdown);
    record.story = parse_markdown(source, file.document.body_begin, file.document.body_end, diagnostics);
    std::string& plain = record.story.plain_text;
    record.stars_left = plain.find('*') != std::string::npos;
    plain = std::string(first_code_points(trim(plain), story_opening_length));
    return record;
}

void put_by_story(ParsedRecord& record) {
    for (StoryPiece& piece : record.story.pieces) {
        auto* run = std::get_if<StoryHtml>(&piece);
        if (!run) continue;
        const Digest digest = digest_of(run->html);
        run->html = std::string(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
    }
    record.put_by = true;
}

std::vector<std::string> html_runs(ParsedRecord record) {
    std::vector<std::string> runs;
    for (StoryPiece& piece : record.story.pieces) {
        if (auto* run = std::get_if<StoryHtml>(&piece)) runs.push_back(std::move(run->html));
    }
    return runs;
}

Document document_of(const ParsedRecord& record) {
    auto file = unpack(record.front, record.source);
    QY_CHECK(file.has_value());
    return std::move(file->document);
}

Document document_of(const ParsedRecord& record, std::span<const std::string_view> keys) {
    auto document = unpack_entries(record.front, record.source, keys);
    QY_CHECK(document.has_value());
    return std::move(*document);
}

// 1 byte of stars_left, 4 of the length of the front matter, then both parts as syntax packs them.
void append_packed(std::string& out, const ParsedRecord& record) {
    Document place;
    place.body_begin = record.body_begin;
    place.body_end = record.body_end;
    const auto length = static_cast<std::uint32_t>(record.front.size());
    out.push_back(record.stars_left ? '\1' : '\0');
    out.append(reinterpret_cast<const char*>(&length), sizeof length);
    out.append(record.front);
    append_packed(out, place, record.story);
}

std::optional<ParsedRecord> unpack_record(std::string_view bytes, SourceId source) {
    std::uint32_t length = 0;
    if (bytes.size() < header_size) return std::nullopt;
    std::memcpy(&length, bytes.data() + 1, sizeof length);
    if (length > bytes.size() - header_size) return std::nullopt;
    auto story = unpack(bytes.substr(header_size + length), source);
    const std::string_view front = bytes.substr(header_size, length);
    if (!story || !is_packed(front)) return std::nullopt;
    return ParsedRecord{source,
                        std::string(front),
                        story->document.body_begin,
                        story->document.body_end,
                        std::move(story->story),
                        bytes[0] != 0,
                        false};
}

}  // namespace qunying

#include "load/loaded_record.h"

#include <algorithm>
#include <cstring>

#include "base/packed_bytes.h"

// The form, as base/packed_bytes.h has it:
//   version, 16 bytes of the settings' digest, body_end, slug, title, title_span, id_span,
//   16 bytes of the names' digest, body_begin, body_end, whether it is whole, how many fields will be taken
//   from the settings, fields, story.
// Fields are a count and, in the order in which the table holds them, their index and value; a value is its
// head, the spans that are known, its content. Rotten bytes are found by whoever keeps them (PackedCache);
// here nothing is trusted that would lead out of an array.
namespace qunying {
namespace {

constexpr std::string_view version = "3";

// The head of a value: which content, in the lowest bits, and which spans follow.
enum HeadBit : unsigned { content_bits = 15, span_bit = 16, key_span_bit = 32, all_bits = 63 };
// The alternatives of FieldValue::content, in their order.
enum class Content : std::size_t { absent, text, number, flag, date, choice, reference, file, group, list };
enum class PartTag : std::uint64_t { html, link, figure };
// An item of a list is no list itself.
enum class Level { field, item };

std::string_view view_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

class LoadedPacker : public BytePacker {
  public:
    LoadedPacker(std::string& out, SourceId source) : BytePacker(out), source_(source) {}

    bool foreign() const { return foreign_; }
    void place(Span value) {
        foreign_ = foreign_ || (value.known() && value.source != source_);
        span(value);
    }
    void table(const FieldTable& fields);
    void story(const Story& story);

  private:
    void value(const FieldValue& value);
    void content(const FieldValue& value);
    void id(RecordId value) {
        number(value == no_record ? 0 : std::uint64_t{1} + static_cast<std::uint32_t>(value));
    }
    void part(const StoryPart& part);

    SourceId source_;
    bool foreign_ = false;  // some span lies in another file
};

void LoadedPacker::table(const FieldTable& fields) {
    const auto count = static_cast<std::size_t>(fields.end() - fields.begin());
    std::vector<std::size_t> index_at(count);
    fields.each([&](std::size_t i, const FieldValue& value) {
        index_at[static_cast<std::size_t>(&value - fields.begin())] = i;
    });
    number(count);
    for (std::size_t at = 0; at < count; ++at) {
        number(index_at[at]);
        value(fields.begin()[at]);
    }
}

void LoadedPacker::value(const FieldValue& value) {
    number(value.content.index() | (value.span.known() ? span_bit : 0U) |
           (value.key_span.known() ? key_span_bit : 0U));
    if (value.span.known()) place(value.span);
    if (value.key_span.known()) place(value.key_span);
    content(value);
}

void LoadedPacker::content(const FieldValue& value) {
    switch (static_cast<Content>(value.content.index())) {
        case Content::text:
            return text(std::get<std::string>(value.content));
        case Content::number: {
            const auto signed_one = std::get<std::int64_t>(value.content);
            const auto bits = static_cast<std::uint64_t>(signed_one);
            return number(signed_one < 0 ? ~bits << 1 | 1 : bits << 1);
        }
        case Content::flag:
            return flag(std::get<bool>(value.content));
        case Content::date:
            for (const int each : {date_in(value).year, date_in(value).month, date_in(value).day})
                number(static_cast<std::uint64_t>(each));
            return;
        case Content::choice:
            return number(std::get<ChoiceValue>(value.content).index);
        case Content::reference:
            return id(std::get<RecordId>(value.content));
        case Content::file:
            return text(std::get<FileValue>(value.content).path);
        case Content::group:
            return table(std::get<GroupValue>(value.content).fields);
        case Content::list:
            number(items_in(value).size());
            for (const FieldValue& item : items_in(value)) this->value(item);
            return;
        case Content::absent:
            return;
    }
}

void LoadedPacker::part(const StoryPart& part) {
    number(part.index());
    if (const auto* run = std::get_if<StoryText>(&part)) {
        text(run->html);
        bytes(view_of(run->digest));
    }
    if (const auto* link = std::get_if<StoryLink>(&part)) {
        id(link->target);
        text(link->text);
        place(link->span);
    }
    if (const auto* figure = std::get_if<StoryFigure>(&part)) {
        for (const std::string* each : {&figure->file.path, &figure->alt, &figure->caption}) text(*each);
        flag(figure->block);
        place(figure->span);
    }
}

void LoadedPacker::story(const Story& story) {
    number(story.parts.size());
    for (const StoryPart& each : story.parts) part(each);
    number(story.headings.size());
    for (const Heading& heading : story.headings) {
        number(static_cast<std::uint64_t>(heading.level));
        text(heading.text);
        text(heading.id);
    }
    text(story.opening);
    text(story.uncommon);
    flag(story.stars_left);
    flag(story.put_by);
}

class LoadedUnpacker : public ByteUnpacker {
  public:
    LoadedUnpacker(std::string_view bytes, SourceId source, std::size_t records)
        : ByteUnpacker(bytes, source), records_(records) {}

    // With room for `more` values.
    FieldTable table(const std::vector<FieldSpec>& specs, std::size_t more = 0);
    void story(Story& story);

  private:
    void value(FieldValue& value, const FieldSpec& spec, Level level);
    void content(FieldValue& value, Content kind, const FieldSpec& spec);
    void items(FieldValue& value, const FieldSpec& spec);
    int part_of_date(int most) { return static_cast<int>(number(static_cast<std::uint64_t>(most))); }
    std::string string() { return std::string(text()); }
    RecordId id() {
        const std::uint64_t one_more = number(records_);
        return one_more == 0 ? no_record : static_cast<RecordId>(one_more - 1);
    }
    StoryPart part();
    StoryText html();

    std::size_t records_;
};

FieldTable LoadedUnpacker::table(const std::vector<FieldSpec>& specs, std::size_t more) {
    const auto count = static_cast<std::size_t>(number(specs.size()));
    FieldTable fields(specs.size(), count + more);
    for (std::size_t at = 0; at < count && !broken(); ++at) {
        const auto index = static_cast<std::size_t>(number(specs.size() - 1));
        if (!broken()) value(fields[index], specs[index], Level::field);
    }
    return fields;
}

void LoadedUnpacker::value(FieldValue& value, const FieldSpec& spec, Level level) {
    const auto head = static_cast<unsigned>(number(all_bits));
    if (head & span_bit) value.span = span();
    if (head & key_span_bit) value.key_span = span();
    const auto kind = static_cast<Content>(head & content_bits);
    if (kind == Content::list && level == Level::field) {
        items(value, spec);
    } else {
        content(value, kind, spec);
    }
}

void LoadedUnpacker::items(FieldValue& value, const FieldSpec& spec) {
    auto& items = value.content.emplace<ListValue>().items;
    const std::uint32_t size = count(1);
    items.reserve(size);
    for (std::uint32_t i = 0; i < size && !broken(); ++i)
        this->value(items.emplace_back(), spec, Level::item);
}

void LoadedUnpacker::content(FieldValue& value, Content kind, const FieldSpec& spec) {
    constexpr int last_year = 9999, last_month = 12, last_day = 31;
    switch (kind) {
        case Content::absent:
            return;
        case Content::text:
            value.content.emplace<std::string>(text());
            return;
        case Content::number: {
            const std::uint64_t bits = number(~std::uint64_t{0});
            value.content = static_cast<std::int64_t>(bits & 1 ? ~(bits >> 1) : bits >> 1);
            return;
        }
        case Content::flag:
            value.content = flag();
            return;
        case Content::date: {
            PartialDate& date = value.content.emplace<PartialDate>();
            date.year = part_of_date(last_year);
            date.month = part_of_date(last_month);
            date.day = part_of_date(last_day);
            return;
        }
        case Content::choice: {
            const auto index = static_cast<std::size_t>(number());
            if (index >= spec.choices.size()) return void(fail());
            value.content = ChoiceValue{index};
            return;
        }
        case Content::reference:
            value.content = id();
            return;
        case Content::file:
            value.content.emplace<FileValue>().path = text();
            return;
        case Content::group:
            value.content.emplace<GroupValue>().fields = table(spec.fields);
            return;
        default:
            fail();
    }
}

StoryText LoadedUnpacker::html() {
    StoryText run{string(), {}};
    const std::string_view digest = bytes(run.digest.bytes.size());
    if (!broken()) std::memcpy(run.digest.bytes.data(), digest.data(), digest.size());
    return run;
}

StoryPart LoadedUnpacker::part() {
    switch (static_cast<PartTag>(number(static_cast<std::uint64_t>(PartTag::figure)))) {
        case PartTag::html:
            return html();
        case PartTag::link: {
            StoryLink link;
            link.target = id();
            link.text = text();
            link.span = span();
            return link;
        }
        default: {
            StoryFigure figure;
            for (std::string* each : {&figure.file.path, &figure.alt, &figure.caption}) *each = text();
            figure.block = flag();
            figure.span = span();
            return figure;
        }
    }
}

void LoadedUnpacker::story(Story& story) {
    const std::uint32_t parts = count(2);
    story.parts.reserve(parts);
    for (std::uint32_t i = 0; i < parts && !broken(); ++i) story.parts.push_back(part());
    const std::uint32_t headings = count(3);
    story.headings.reserve(headings);
    for (std::uint32_t i = 0; i < headings && !broken(); ++i) {
        Heading& heading = story.headings.emplace_back();
        heading.level = static_cast<int>(number(6));
        heading.text = text();
        heading.id = text();
    }
    story.opening = text();
    story.uncommon = text();
    story.stars_left = flag();
    story.put_by = flag();
}

}  // namespace

namespace {

// Growing by one for each of them would move a whole table as often.
std::size_t left_to_settings(const Kind& kind, const FieldTable& fields) {
    const auto left = [&](std::string_view key) {
        const auto at = kind.find(key);
        return at && !fields[*at].present() && !fields[*at].key_span.known();
    };
    return static_cast<std::size_t>(
        std::count_if(fields_with_defaults.begin(), fields_with_defaults.end(), left));
}

}  // namespace

// A record's kind is told by its path, and all paths are among the files.
Digest digest_of_names(const std::vector<Declaration>& all, const FileSet& files) {
    std::string bytes;
    BytePacker packer(bytes);
    packer.number(all.size());
    for (const Declaration& declaration : all) {
        packer.text(declaration.slug);
        packer.text(declaration.title);
    }
    for (const std::string& path : files) packer.text(path);
    return digest_of(bytes);
}

std::optional<std::string> pack_loaded(const LoadedUnder& under, const Declaration& declaration,
                                       const Kind& kind, const Record& record, Completeness completeness) {
    constexpr std::size_t usual_size = 2048;
    std::string out;
    out.reserve(usual_size);
    LoadedPacker packer(out, declaration.source);
    packer.bytes(version);
    packer.bytes(view_of(under.settings));
    packer.number(record.story.span.end);
    packer.text(declaration.slug);
    packer.text(declaration.title);
    packer.place(declaration.title_span);
    packer.place(declaration.id_span);
    packer.bytes(view_of(under.names));
    packer.number(record.story.span.begin);
    packer.number(record.story.span.end);
    packer.flag(completeness == Completeness::whole);
    packer.number(left_to_settings(kind, record.fields));
    packer.table(record.fields);
    packer.story(record.story);
    if (packer.foreign()) return std::nullopt;
    return out;
}

bool recall_declaration(std::string_view bytes, const Digest& settings, Declaration& declaration) {
    ByteUnpacker unpacker(bytes, declaration.source);
    if (unpacker.bytes(version.size()) != version) return false;
    if (unpacker.bytes(settings.bytes.size()) != view_of(settings)) return false;
    unpacker.extent(unpacker.number());
    declaration.slug = unpacker.text();
    declaration.title = unpacker.text();
    declaration.title_span = unpacker.span();
    declaration.id_span = unpacker.span();
    declaration.front_valid = true;
    declaration.remembered = unpacker.rest();
    return !unpacker.broken();
}

std::optional<Completeness> recall_contents(const Declaration& declaration, const Digest& names,
                                            const LoadedLimits& limits, Record& record) {
    LoadedUnpacker unpacker(declaration.remembered, declaration.source, limits.records);
    if (unpacker.bytes(names.bytes.size()) != view_of(names)) return std::nullopt;
    Story& story = record.story;
    story = {};
    const std::uint32_t begin = unpacker.number(), end = unpacker.number();
    if (begin > end) return std::nullopt;
    story.span = {declaration.source, begin, end};
    unpacker.extent(end);
    const Completeness completeness = unpacker.flag() ? Completeness::whole : Completeness::salvaged;
    const auto more = static_cast<std::size_t>(unpacker.number(fields_with_defaults.size()));
    record.fields = unpacker.table(limits.kinds[record.kind].fields, more);
    unpacker.story(story);
    if (!unpacker.whole()) return std::nullopt;
    return completeness;
}

}  // namespace qunying

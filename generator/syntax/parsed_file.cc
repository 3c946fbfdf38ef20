#include "syntax/parsed_file.h"

#include <algorithm>

#include "base/digest.h"
#include "base/packed_bytes.h"

// The form, as base/packed_bytes.h has it:
//   version, 16 bytes of XXH3 of what follows,
//   body_begin, body_end, front_valid, declared_id, front,
//   pieces (tag and fields), headings, plain text, uncommon characters.
// A list is its count and its items. The digest finds what rotted; the reader still trusts no length, since a
// digest proves only that `pack` of some build wrote these bytes.
namespace qunying {
namespace {

constexpr char version = 2;
constexpr std::size_t digest_bytes = sizeof(Digest::bytes);
constexpr std::size_t header_bytes = 1 + digest_bytes;
// Far more than any file within yaml_byte_limit and MarkdownLimits needs; a count can ask for memory in
// proportion to the bytes only.
constexpr std::size_t byte_limit = std::size_t{1} << 24;
constexpr int depth_limit = 2 * static_cast<int>(yaml_depth_limit);

// The bits of a node's first byte; the lowest two are its type.
enum NodeBit : unsigned { quoted_bit = 4, failed_bit = 8, all_bits = 15 };
enum class PieceTag : std::uint32_t { html, reference, picture };

class Packer : public BytePacker {
  public:
    using BytePacker::BytePacker;

    void node(const YamlNode& node);
    void piece(const StoryPiece& piece);
    void story(const MarkdownStory& story);

  private:
    void reference(const StoryReference& value);
    void picture(const StoryPicture& value);
};

void Packer::node(const YamlNode& node) {
    number(static_cast<unsigned>(node.type) | (node.quoted ? quoted_bit : 0U) |
           (node.failed ? failed_bit : 0U));
    span(node.span);
    if (node.type == YamlType::scalar) text(node.text);
    if (node.type == YamlType::sequence) {
        number(node.items.size());
        for (const YamlNode& item : node.items) this->node(item);
    }
    if (node.type != YamlType::mapping) return;
    number(node.entries.size());
    for (const YamlEntry& entry : node.entries) {
        text(entry.key);
        span(entry.key_span);
        this->node(entry.value);
    }
}

void Packer::reference(const StoryReference& value) {
    number(static_cast<std::uint32_t>(PieceTag::reference));
    text(value.kind);
    text(value.target);
    text(value.text);
    span(value.span);
}

void Packer::picture(const StoryPicture& value) {
    number(static_cast<std::uint32_t>(PieceTag::picture));
    text(value.file);
    text(value.alt);
    text(value.caption);
    span(value.span);
    number(value.block ? 1 : 0);
}

void Packer::piece(const StoryPiece& piece) {
    if (const auto* html = std::get_if<StoryHtml>(&piece)) {
        number(static_cast<std::uint32_t>(PieceTag::html));
        text(html->html);
    }
    if (const auto* value = std::get_if<StoryReference>(&piece)) reference(*value);
    if (const auto* value = std::get_if<StoryPicture>(&piece)) picture(*value);
}

void Packer::story(const MarkdownStory& story) {
    number(story.pieces.size());
    for (const StoryPiece& each : story.pieces) piece(each);
    number(story.headings.size());
    for (const StoryHeading& heading : story.headings) {
        number(static_cast<std::uint64_t>(heading.level));
        text(heading.text);
        text(heading.id);
    }
    text(story.plain_text);
    text(story.uncommon);
}

// Reads what Packer wrote.
class Unpacker : public ByteUnpacker {
  public:
    using ByteUnpacker::ByteUnpacker;

    std::string text() { return std::string(ByteUnpacker::text()); }
    YamlNode node(int depth = 0);
    // The node without its entries but those of these keys, and of these nothing but the scalars.
    YamlNode node_with(std::span<const std::string_view> keys);
    StoryPiece piece();
    MarkdownStory story();

  private:
    YamlNode head(int depth);
    void children(YamlNode& node, int depth);
    void skip(int depth);
    void skip_children(YamlType type, int depth);
};

void Unpacker::children(YamlNode& node, int depth) {
    if (node.type == YamlType::sequence) {
        const std::uint32_t items = count(2);
        node.items.reserve(items);
        for (std::uint32_t i = 0; i < items && !broken(); ++i) node.items.push_back(this->node(depth + 1));
        return;
    }
    const std::uint32_t entries = count(4);
    node.entries.reserve(entries);
    for (std::uint32_t i = 0; i < entries && !broken(); ++i) {
        YamlEntry& entry = node.entries.emplace_back();
        entry.key = text();
        entry.key_span = span();
        entry.value = this->node(depth + 1);
    }
}

// All of a node but what is in it.
YamlNode Unpacker::head(int depth) {
    YamlNode node;
    const std::uint32_t bits = depth > depth_limit ? fail() : static_cast<std::uint32_t>(number(all_bits));
    node.type = static_cast<YamlType>(bits & 3U);
    node.quoted = (bits & quoted_bit) != 0;
    node.failed = (bits & failed_bit) != 0;
    node.span = span();
    if (node.type == YamlType::scalar) node.text = text();
    return node;
}

YamlNode Unpacker::node(int depth) {
    YamlNode node = head(depth);
    if (node.type == YamlType::sequence || node.type == YamlType::mapping) children(node, depth);
    return node;
}

void Unpacker::skip_children(YamlType type, int depth) {
    if (type != YamlType::sequence && type != YamlType::mapping) return;
    const bool mapping = type == YamlType::mapping;
    const std::uint32_t items = count(mapping ? 4 : 2);
    for (std::uint32_t i = 0; i < items && !broken(); ++i) {
        if (mapping) ByteUnpacker::text(), span();
        skip(depth + 1);
    }
}

void Unpacker::skip(int depth) {
    const std::uint64_t bits = depth > depth_limit ? fail() : number(all_bits);
    const auto type = static_cast<YamlType>(bits & 3U);
    span();
    if (type == YamlType::scalar) ByteUnpacker::text();
    skip_children(type, depth);
}

YamlNode Unpacker::node_with(std::span<const std::string_view> keys) {
    YamlNode node = head(0);
    if (node.type != YamlType::mapping) return skip_children(node.type, 0), node;
    const std::uint32_t entries = count(4);
    for (std::uint32_t i = 0; i < entries && !broken(); ++i) {
        const std::string_view key = ByteUnpacker::text();
        const Span key_span = span();
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
            skip(1);
            continue;
        }
        YamlEntry& entry = node.entries.emplace_back();
        entry.key = key;
        entry.key_span = key_span;
        entry.value = head(1);
        skip_children(entry.value.type, 1);
    }
    return node;
}

StoryPiece Unpacker::piece() {
    switch (static_cast<PieceTag>(number(static_cast<std::uint32_t>(PieceTag::picture)))) {
        case PieceTag::html:
            return StoryHtml{text()};
        case PieceTag::reference: {
            StoryReference value;
            value.kind = text();
            value.target = text();
            value.text = text();
            value.span = span();
            return value;
        }
        default: {
            StoryPicture value;
            value.file = text();
            value.alt = text();
            value.caption = text();
            value.span = span();
            value.block = flag();
            return value;
        }
    }
}

MarkdownStory Unpacker::story() {
    MarkdownStory story;
    const std::uint32_t pieces = count(2);
    story.pieces.reserve(pieces);
    for (std::uint32_t i = 0; i < pieces && !broken(); ++i) story.pieces.push_back(piece());
    const std::uint32_t headings = count(3);
    story.headings.reserve(headings);
    for (std::uint32_t i = 0; i < headings && !broken(); ++i) {
        StoryHeading& heading = story.headings.emplace_back();
        heading.level = static_cast<int>(number(6));
        heading.text = text();
        heading.id = text();
    }
    story.plain_text = text();
    story.uncommon = text();
    return story;
}

std::string_view digest_view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

}  // namespace

std::string pack(const ParsedFile& file) {
    std::string out;
    append_packed(out, file.document, file.story);
    return out;
}

void append_packed(std::string& out, const Document& document, const MarkdownStory& story) {
    const std::size_t begin = out.size();
    out.append(header_bytes, version);
    Packer packer(out);
    packer.number(document.body_begin);
    packer.number(document.body_end);
    packer.number(document.front_valid ? 1 : 0);
    packer.text(document.declared_id);
    packer.node(document.front);
    packer.story(story);
    const Digest digest = digest_of(std::string_view(out).substr(begin + header_bytes));
    out.replace(begin + 1, digest_bytes, digest_view(digest));
}

bool is_packed(std::string_view bytes) {
    if (bytes.size() < header_bytes || bytes.size() > byte_limit || bytes[0] != version) return false;
    return bytes.substr(1, digest_bytes) == digest_view(digest_of(bytes.substr(header_bytes)));
}

namespace {

// Up to the front matter; false where that cannot be.
bool unpack_head(Unpacker& unpacker, Document& document, SourceId source) {
    document.source = source;
    document.body_begin = unpacker.number();
    document.body_end = unpacker.number();
    if (document.body_begin > document.body_end) return false;
    unpacker.extent(document.body_end);
    document.front_valid = unpacker.flag();
    document.declared_id = unpacker.text();
    return true;
}

}  // namespace

std::optional<ParsedFile> unpack(std::string_view bytes, SourceId source) {
    if (!is_packed(bytes)) return std::nullopt;
    Unpacker unpacker(bytes.substr(header_bytes), source);
    ParsedFile file;
    if (!unpack_head(unpacker, file.document, source)) return std::nullopt;
    file.document.front = unpacker.node();
    file.story = unpacker.story();
    if (!unpacker.whole()) return std::nullopt;
    return file;
}

std::optional<Document> unpack_entries(std::string_view bytes, SourceId source,
                                       std::span<const std::string_view> keys) {
    if (!is_packed(bytes)) return std::nullopt;
    Unpacker unpacker(bytes.substr(header_bytes), source);
    Document document;
    if (!unpack_head(unpacker, document, source)) return std::nullopt;
    document.front = unpacker.node_with(keys);
    if (unpacker.broken()) return std::nullopt;
    return document;
}

}  // namespace qunying

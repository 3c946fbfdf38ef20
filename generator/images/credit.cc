#include "images/credit.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"
#include "images/number_at.h"

namespace qunying {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

void add_big(std::string& out, std::uint64_t value, unsigned size) {
    for (unsigned i = size; i > 0; --i) out += static_cast<char>(value >> (8 * (i - 1)) & 0xff);
}
void add_little(std::string& out, std::uint64_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

// ---- JPEG: a segment APP1 right behind the start (Exif 2.32, 4.7.2)

struct ExifText {
    std::uint16_t tag;
    std::string text;  // with its final zero
};

std::string exif_of(const Credit& credit) {
    std::vector<ExifText> texts;
    if (!credit.artist.empty()) texts.push_back({0x013b, credit.artist + '\0'});
    if (!credit.copyright.empty()) texts.push_back({0x8298, credit.copyright + '\0'});
    std::string tiff = "MM\0*\0\0\0\x08"s, heap;
    const std::size_t behind = 8 + 2 + 12 * texts.size() + 4;
    add_big(tiff, texts.size(), 2);
    for (const ExifText& each : texts) {
        add_big(tiff, each.tag, 2);
        add_big(tiff, 2, 2);  // ASCII, in which everybody writes UTF-8
        add_big(tiff, each.text.size(), 4);
        if (each.text.size() <= 4) {
            tiff += each.text + std::string(4 - each.text.size(), '\0');
        } else {
            add_big(tiff, behind + heap.size(), 4);
            heap += each.text + std::string(each.text.size() % 2, '\0');
        }
    }
    add_big(tiff, 0, 4);  // no further directory
    return "Exif\0\0"s + tiff + heap;
}

std::string credited_jpeg(std::string picture, const Credit& credit) {
    const std::string exif = exif_of(credit);
    constexpr std::size_t longest = 65533;
    if (!picture.starts_with("\xff\xd8") || exif.size() > longest) return picture;
    // JFIF wants to be first where it is there.
    std::size_t at = 2;
    if (std::string_view(picture).substr(2).starts_with("\xff\xe0"))
        at = 4 + static_cast<std::size_t>(big_at(picture, 4, 2));
    if (at > picture.size()) return picture;
    std::string segment = "\xff\xe1";
    add_big(segment, exif.size() + 2, 2);
    return picture.insert(at, segment + exif);
}

// ---- XMP (ISO 16684-1)

std::string xmp_of(const Credit& credit) {
    std::string xmp =
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">";
    if (!credit.artist.empty())
        xmp +=
            "<dc:creator><rdf:Seq><rdf:li>" + escape_html(credit.artist) + "</rdf:li></rdf:Seq></dc:creator>";
    if (!credit.copyright.empty())
        xmp += "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape_html(credit.copyright) +
               "</rdf:li></rdf:Alt></dc:rights>";
    return xmp + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

// ---- WebP: the extended format around the same chunk of pixels (RFC 9649, 2.7)

std::string webp_chunk(std::string_view name, std::string_view bytes) {
    std::string chunk(name);
    add_little(chunk, bytes.size(), 4);
    return chunk.append(bytes).append(bytes.size() % 2, '\0');
}

std::string credited_webp(std::string picture, const Credit& credit) {
    constexpr std::size_t header = 12;
    if (picture.size() < header + 18) return picture;
    const std::string_view pixels = std::string_view(picture).substr(header);
    // A frame of VP8: three bytes, a start code of three, width and height of fourteen bits (RFC 6386, 9.1).
    if (!picture.starts_with("RIFF") || !pixels.starts_with("VP8 ") ||
        pixels.substr(11, 3) != "\x9d\x01\x2a"sv)
        return picture;
    const std::uint64_t width = little_at(pixels, 14, 2) & 0x3fff, height = little_at(pixels, 16, 2) & 0x3fff;
    if (width == 0 || height == 0) return picture;
    std::string extended;
    add_little(extended, 0x04, 4);  // has XMP and nothing else
    add_little(extended, width - 1, 3);
    add_little(extended, height - 1, 3);
    const std::string body =
        "WEBP" + webp_chunk("VP8X", extended) + std::string(pixels) + webp_chunk("XMP ", xmp_of(credit));
    std::string out = "RIFF";
    add_little(out, body.size(), 4);
    return out + body;
}

// ---- AVIF: one more item (ISO/IEC 14496-12, 8.11), its bytes in a box of their own at the end

struct Box {
    std::size_t at = 0, body = 0, end = 0;
};

std::optional<Box> find_box(std::string_view file, std::size_t begin, std::size_t end,
                            std::string_view type) {
    for (std::size_t at = begin; at + 8 <= end;) {
        const auto size = static_cast<std::size_t>(big_at(file, at, 4));
        if (size < 8 || size > end - at) return std::nullopt;
        if (file.substr(at + 4, 4) == type) return Box{at, at + 8, at + size};
        at += size;
    }
    return std::nullopt;
}

std::string box(std::string_view type, std::string_view body) {
    std::string out;
    add_big(out, body.size() + 8, 4);
    return out.append(type).append(body);
}

// Where items lie, as far as encoders write it: offsets and lengths of four bytes, nothing of them at the
// base.
struct Locations {
    unsigned version = 0, offset_size = 0, base_size = 0, index_size = 0;
    std::size_t count_at = 0, first = 0;
    std::uint64_t count = 0;
};

std::optional<Locations> read_locations(std::string_view file, Box iloc) {
    Locations all;
    all.version = static_cast<unsigned>(byte_at(file, iloc.body));
    all.offset_size = static_cast<unsigned>(byte_at(file, iloc.body + 4) >> 4);
    const bool lengths = (byte_at(file, iloc.body + 4) & 15) == 4;
    all.base_size = static_cast<unsigned>(byte_at(file, iloc.body + 5) >> 4);
    all.index_size = all.version == 0 ? 0 : static_cast<unsigned>(byte_at(file, iloc.body + 5) & 15);
    all.count_at = iloc.body + 6;
    all.count = big_at(file, all.count_at, 2);
    all.first = all.count_at + 2;
    const bool usual = all.version <= 1 && all.offset_size == 4 && lengths &&
                       (all.base_size == 0 || all.base_size == 4) && all.index_size == 0;
    return usual ? std::optional(all) : std::nullopt;
}

// The box with every place that lies behind `from` moved by `by`, and one item more; nothing where an item
// lies elsewhere than in the file itself.
std::optional<std::string> moved_locations(std::string_view file, Box iloc, const Locations& all,
                                           std::uint64_t by, std::uint64_t item, std::uint64_t place,
                                           std::uint64_t length) {
    std::string body(file.substr(iloc.body, iloc.end - iloc.body));
    const auto put = [&](std::size_t at, std::uint64_t value) {
        std::string bytes;
        add_big(bytes, value, 4);
        body.replace(at, 4, bytes);
    };
    std::size_t at = all.first - iloc.body;
    for (std::uint64_t i = 0; i < all.count; ++i) {
        if (all.version == 1 && (big_at(body, at + 2, 2) & 15) != 0) return std::nullopt;
        at += 2 + (all.version == 1 ? 2 : 0) + 2;  // id, how it is stored, where its data are
        const std::uint64_t base = all.base_size == 4 ? big_at(body, at, 4) : 0;
        if (base != 0 && at + 4 <= body.size()) put(at, base + by);
        at += all.base_size;
        const std::uint64_t extents = big_at(body, at, 2);
        at += 2;
        for (std::uint64_t e = 0; e < extents; ++e, at += 8) {
            if (at + 8 > body.size()) return std::nullopt;
            if (base == 0) put(at, big_at(body, at, 4) + by);
        }
    }
    if (at != body.size()) return std::nullopt;
    add_big(body, item, 2);
    if (all.version == 1) add_big(body, 0, 2);
    add_big(body, 0, 2);
    add_big(body, 0, all.base_size);
    add_big(body, 1, 2);
    add_big(body, place, 4);
    add_big(body, length, 4);
    std::string count;
    add_big(count, all.count + 1, 2);
    body.replace(all.count_at - iloc.body, 2, count);
    return body;
}

// The largest id of an item, and the primary one.
struct Items {
    std::uint64_t largest = 0, primary = 0, count = 0;
};

std::optional<Items> read_items(std::string_view file, Box iinf, Box pitm) {
    Items items;
    if (byte_at(file, iinf.body) != 0 || byte_at(file, pitm.body) != 0) return std::nullopt;
    items.count = big_at(file, iinf.body + 4, 2);
    items.primary = big_at(file, pitm.body + 4, 2);
    std::size_t at = iinf.body + 6;
    for (std::uint64_t i = 0; i < items.count; ++i) {
        const auto entry = find_box(file, at, iinf.end, "infe");
        if (!entry || entry->at != at) return std::nullopt;
        items.largest = std::max(items.largest, big_at(file, entry->body + 4, 2));
        at = entry->end;
    }
    return at == iinf.end && items.largest < 0xffff ? std::optional(items) : std::nullopt;
}

// The box of the file's items with one more in it, as `entries` behind `head` bytes of its beginning.
std::string with_entry(std::string_view file, Box whole, std::size_t head, std::string_view entry,
                       std::string_view new_head) {
    std::string body(new_head);
    body.append(file.substr(whole.body + head, whole.end - whole.body - head)).append(entry);
    return body;
}

std::optional<std::string> avif_with(std::string_view file, std::string_view xmp) {
    const auto meta = find_box(file, 0, file.size(), "meta");
    if (!meta) return std::nullopt;
    const std::size_t inside = meta->body + 4;
    const auto iloc = find_box(file, inside, meta->end, "iloc"),
               iinf = find_box(file, inside, meta->end, "iinf");
    const auto pitm = find_box(file, inside, meta->end, "pitm"),
               iref = find_box(file, inside, meta->end, "iref");
    if (!iloc || !iinf || !pitm) return std::nullopt;
    const auto locations = read_locations(file, *iloc);
    const auto items = read_items(file, *iinf, *pitm);
    if (!locations || !items || (iref && byte_at(file, iref->body) != 0)) return std::nullopt;

    const std::uint64_t item = items->largest + 1;
    std::string info = "\2\0\0\0"s, describes, counted = "\0\0\0\0"s;
    add_big(info, item, 2);
    add_big(info, 0, 2);
    info += "mime\0application/rdf+xml\0"s;
    add_big(counted, items->count + 1, 2);
    add_big(describes, item, 2);
    add_big(describes, 1, 2);
    add_big(describes, items->primary, 2);
    const std::string infos = with_entry(file, *iinf, 6, box("infe", info), counted);
    const std::string references = iref ? with_entry(file, *iref, 4, box("cdsc", describes), "\0\0\0\0"sv)
                                        : "\0\0\0\0"s + box("cdsc", describes);

    const std::size_t entry = 2 + (locations->version == 1 ? 2 : 0) + 2 + locations->base_size + 2 + 8;
    const std::size_t grown = entry + (infos.size() - (iinf->end - iinf->body)) + references.size() +
                              (iref ? 0 : 8) - (iref ? iref->end - iref->body : 0);
    const std::uint64_t place = file.size() + grown + 8;
    const auto places = moved_locations(file, *iloc, *locations, grown, item, place, xmp.size());
    if (!places) return std::nullopt;

    std::string body(file.substr(meta->body, 4));
    for (std::size_t at = inside; at + 8 <= meta->end;) {
        const auto size = static_cast<std::size_t>(big_at(file, at, 4));
        if (at == iloc->at) {
            body += box("iloc", *places);
        } else if (at == iinf->at) {
            body += box("iinf", infos);
        } else if (iref && at == iref->at) {
            body += box("iref", references);
        } else {
            body.append(file.substr(at, size));
        }
        at += size;
    }
    if (!iref) body += box("iref", references);
    return std::string(file.substr(0, meta->at)) + box("meta", body) + std::string(file.substr(meta->end)) +
           box("mdat", xmp);
}

}  // namespace

std::string credited(std::string picture, PictureFormat format, const Credit& credit) {
    if (credit.empty()) return picture;
    switch (format) {
        case PictureFormat::jpeg:
            return credited_jpeg(std::move(picture), credit);
        case PictureFormat::webp:
            return credited_webp(std::move(picture), credit);
        case PictureFormat::avif: {
            auto made = avif_with(picture, xmp_of(credit));
            return made ? std::move(*made) : picture;
        }
    }
    return picture;
}

}  // namespace qunying

// What photographs say of themselves: Exif 2.32 in TIFF, XMP (ISO 16684-1), IPTC IIM 4.
#include <array>
#include <functional>

#include "base/text.h"
#include "syntax/file_texts.h"
#include "syntax/inflate.h"
#include "syntax/recording_bytes.h"

namespace qunying {
namespace {

using namespace std::string_view_literals;
using file_texts::photograph;

// Text of a field up to its final zeros; zeros inside part two texts.
std::string text_of(std::string_view bytes) {
    std::string text(bytes);
    for (char& c : text) c = c == '\0' ? '\n' : c;
    return text;
}

// ---- Exif

struct TiffReader {
    ByteView file;
    bool big;
    FileTexts& out;
    int folders_left = 32;

    std::uint64_t number(std::uint64_t at, unsigned size) const {
        return big ? file.big(at, size) : file.little(at, size);
    }

    void folder(std::uint64_t at, bool of_places) {
        constexpr std::uint64_t most_fields = 1024, entry_size = 12;
        if (at == 0 || at >= file.size() || folders_left-- <= 0) return;
        const std::uint64_t count = std::min(number(at, 2), most_fields);
        for (std::uint64_t i = 0; i < count; ++i) field(at + 2 + i * entry_size, of_places);
        if (!of_places) folder(number(at + 2 + count * entry_size, 4), false);
    }

    void field(std::uint64_t at, bool of_places) {
        constexpr std::array<unsigned, 13> sizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
        const std::uint64_t tag = number(at, 2), type = number(at + 2, 2), count = number(at + 4, 4);
        if (type == 0 || type >= sizes.size() || count == 0) return;
        const std::uint64_t size = count * sizes[type];
        const std::string_view value = file.piece(size <= 4 ? at + 8 : number(at + 8, 4), size);
        if (value.size() != size) return;
        constexpr std::uint64_t exif_folder = 0x8769, gps_folder = 0x8825, latitude = 2, longitude = 4,
                                comment = 0x9286, first_xp = 0x9c9b, last_xp = 0x9c9f, xmp = 0x02bc,
                                iptc = 0x83bb, ascii = 2;
        if (of_places && (tag == latitude || tag == longitude)) out.location = photograph;
        if (!of_places && tag == gps_folder) folder(number(at + 8, 4), true);
        if (!of_places && tag == exif_folder) folder(number(at + 8, 4), false);
        if (type == ascii || tag == xmp || tag == iptc)
            out.add(photograph, text_of(value));
        else if (tag >= first_xp && tag <= last_xp && !of_places)
            out.add(photograph, file_texts::from_utf16(value, false));
        else if (tag == comment && !of_places && value.size() > 8)
            note(value);
    }

    // Eight bytes name its code.
    void note(std::string_view value) {
        const std::string_view words = value.substr(8);
        if (!value.starts_with("UNICODE")) return out.add(photograph, text_of(words));
        out.add(photograph, file_texts::from_utf16(words, big));
        out.add(photograph, file_texts::from_utf16(words, !big));  // cameras differ
    }
};

void read_tiff(std::string_view tiff, FileTexts& out) {
    const bool big = tiff.starts_with("MM\0*"sv);
    if (!big && !tiff.starts_with("II*\0"sv)) return;
    TiffReader reader{ByteView(tiff), big, out};
    reader.folder(reader.number(4, 4), false);
}

void read_exif(std::string_view bytes, FileTexts& out) {
    if (bytes.starts_with("Exif\0\0"sv)) bytes.remove_prefix(6);
    read_tiff(bytes, out);
}

void read_xmp(std::string_view xml, FileTexts& out) {
    if (xml.find("GPSLatitude") != std::string_view::npos) out.location = photograph;
    out.add(photograph, text_of(xml));
}

// ---- containers

void read_jpeg(const ByteView& file, FileTexts& out) {
    for (std::uint64_t at = 2; file.byte(at) == 0xff && at + 4 <= file.size();) {
        const std::uint8_t marker = file.byte(at + 1);
        constexpr std::uint8_t scan = 0xda, app1 = 0xe1, app13 = 0xed, comment = 0xfe;
        if (marker == 0xff) {
            ++at;
            continue;
        }
        const std::uint64_t size = file.big(at + 2, 2);
        if (marker == scan || size < 2) break;
        const std::string_view body = file.piece(at + 4, size - 2);
        if (marker == app1 && body.starts_with("Exif\0"sv))
            read_exif(body, out);
        else if (marker == app1 && body.starts_with("http://ns.adobe.com/"))
            read_xmp(body, out);
        else if (marker == app13 || marker == comment)
            out.add(photograph, text_of(body));
        at += 2 + size;
    }
}

void read_png(const ByteView& file, FileTexts& out) {
    for (std::uint64_t at = 8; at + 12 <= file.size();) {
        const std::uint64_t size = file.big(at, 4);
        const std::string_view body = file.piece(at + 8, size);
        if (file.starts_at(at + 4, "eXIf")) read_exif(body, out);
        if (file.starts_at(at + 4, "tEXt") || file.starts_at(at + 4, "iTXt")) read_xmp(body, out);
        if (file.starts_at(at + 4, "zTXt") || file.starts_at(at + 4, "iTXt")) {
            const std::size_t packed = body.find("\x78");  // how every zlib stream of an encoder begins
            if (packed != std::string_view::npos)
                read_xmp(inflated(body.substr(packed), file_texts::largest_part), out);
        }
        at += 12 + size;
    }
}

void read_webp(const ByteView& file, FileTexts& out) {
    for (std::uint64_t at = 12; at + 8 <= file.size();) {
        const std::uint64_t size = file.little(at + 4, 4);
        if (file.starts_at(at, "EXIF")) read_exif(file.piece(at + 8, size), out);
        if (file.starts_at(at, "XMP ")) read_xmp(file.piece(at + 8, size), out);
        at += 8 + size + size % 2;
    }
}

// Items lie anywhere in these: what they begin with is looked for.
void read_anywhere(std::string_view bytes, FileTexts& out) {
    for (const std::string_view head : {"Exif\0\0MM\0*"sv, "Exif\0\0II*\0"sv}) {
        const std::size_t at = bytes.find(head);
        if (at != std::string_view::npos) read_exif(bytes.substr(at), out);
    }
    constexpr std::string_view begin = "<x:xmpmeta", end = "</x:xmpmeta>";
    const std::size_t at = bytes.find(begin);
    if (at == std::string_view::npos) return;
    const std::size_t until = bytes.find(end, at);
    read_xmp(bytes.substr(at, until == std::string_view::npos ? file_texts::largest_part : until - at), out);
}

bool is_box_file(std::string_view bytes) {
    if (bytes.substr(4, 4) != "ftyp") return false;
    const std::string_view brand = bytes.substr(8, 4);
    for (const std::string_view picture :
         {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis", "miaf"}) {
        if (brand == picture) return true;
    }
    return false;
}

}  // namespace

bool file_texts::is_picture(std::string_view bytes) {
    return bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG\r\n") ||
           bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv) || bytes.starts_with("GIF8") ||
           (bytes.starts_with("RIFF") && bytes.substr(std::min<std::size_t>(8, bytes.size()), 4) == "WEBP") ||
           (bytes.size() > 12 && is_box_file(bytes));
}

FileTexts file_texts::of_picture(std::string_view bytes) {
    FileTexts out;
    const ByteView file(bytes);
    if (bytes.starts_with("\xff\xd8\xff"))
        read_jpeg(file, out);
    else if (bytes.starts_with("\x89PNG"))
        read_png(file, out);
    else if (bytes.starts_with("RIFF"))
        read_webp(file, out);
    else if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv))
        read_tiff(bytes, out);
    else
        read_anywhere(bytes, out);
    return out;
}

}  // namespace qunying

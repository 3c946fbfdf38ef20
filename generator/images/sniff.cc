#include "images/sniff.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace qunying {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    Sniffed means;
};

// From the formats' own specifications; the first that fits wins.
constexpr auto signatures = std::to_array<Signature>({
    {0, "\xff\xd8\xff"sv, {ContentKind::jpeg, "JPEG"}},
    {0, "\x89PNG\r\n\x1a\n"sv, {ContentKind::png, "PNG"}},
    {8, "WEBP"sv, {ContentKind::webp, "WebP"}},
    {0, "GIF8"sv, {ContentKind::gif, "GIF"}},
    {0, "BM"sv, {ContentKind::other_picture, "BMP"}},
    {0, "II*\0"sv, {ContentKind::tiff, "TIFF"}},
    {0, "MM\0*"sv, {ContentKind::tiff, "TIFF"}},
    {0, "8BPS"sv, {ContentKind::other_picture, "PSD"}},
    {0, "\xff\x0a"sv, {ContentKind::other_picture, "JPEG XL"}},
    {4, "JXL \r\n\x87\n"sv, {ContentKind::other_picture, "JPEG XL"}},
    {4, "jP  \r\n\x87\n"sv, {ContentKind::other_picture, "JPEG 2000"}},
    {0, "\0\0\1\0"sv, {ContentKind::other_picture, "ICO"}},
    {0, "%PDF"sv, {ContentKind::other, "PDF"}},
    {0, "PK\3\4"sv, {ContentKind::other, "ZIP/Office"}},
    {0, "\xd0\xcf\x11\xe0"sv, {ContentKind::other, "Office"}},
    {0, "Rar!"sv, {ContentKind::other, "RAR"}},
    {0, "7z\xbc\xaf"sv, {ContentKind::other, "7z"}},
    {0, "ID3"sv, {ContentKind::other, "MP3"}},
    {0, "RIFF"sv, {ContentKind::other, "AVI/WAV"}},
});

// Major and compatible brands of the first box of an ISO base media file (ISO/IEC 14496-12, 23008-12).
Sniffed sniff_brands(std::string_view bytes) {
    const auto size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[2])) << 8 |
                      static_cast<unsigned char>(bytes[3]);
    const std::string_view box = bytes.substr(0, std::min(bytes.size(), size));
    bool heif = false, avif = false, heic = false;
    for (std::size_t at = 8; at + 4 <= box.size(); at += at == 8 ? 8 : 4) {
        const std::string_view brand = box.substr(at, 4);
        avif = avif || brand == "avif" || brand == "avis";
        heic = heic || brand == "heic" || brand == "heix" || brand == "hevc" || brand == "heim" ||
               brand == "heis";
        heif = heif || brand == "mif1" || brand == "msf1" || brand == "mif2";
    }
    if (avif) return {ContentKind::heif, "AVIF"};
    if (heic || heif) return {ContentKind::heif, "HEIC", true};
    return {ContentKind::other, "MP4/MOV"};
}

// Text of some kind; SVG and HTML are told apart by their first tags.
Sniffed sniff_text(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 1024);
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x09; };
    if (std::any_of(head.begin(), head.end(), control)) return {};
    const std::string lower = ascii_lower(head);
    if (lower.find("<svg") != std::string::npos) return {ContentKind::other_picture, "SVG"};
    if (lower.find("<html") != std::string::npos || lower.find("<!doctype html") != std::string::npos) {
        return {ContentKind::other, "HTML"};
    }
    // A cut character at the end of the excerpt is no sign of anything.
    const auto broken = find_invalid_utf8(head);
    if (broken && *broken + 4 < head.size()) return {};
    return {ContentKind::other, "TXT"};
}

}  // namespace

Sniffed sniff(std::string_view bytes) {
    for (const Signature& signature : signatures) {
        if (bytes.size() < signature.offset) continue;
        if (bytes.substr(signature.offset).substr(0, signature.bytes.size()) == signature.bytes)
            return signature.means;
    }
    if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp") return sniff_brands(bytes);
    return bytes.empty() ? Sniffed{} : sniff_text(bytes);
}

}  // namespace qunying

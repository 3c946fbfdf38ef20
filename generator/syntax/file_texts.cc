#include "syntax/file_texts.h"

#include "base/text.h"

namespace qunying {
namespace {

constexpr std::string_view ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

bool is_pdf(std::string_view bytes) {
    constexpr std::size_t beginning = 1024;
    return bytes.substr(0, beginning).find("%PDF-") != std::string_view::npos;
}

}  // namespace

void FileTexts::add(PlaceInFile place, std::string text) {
    if (!text.empty()) texts.push_back({place, std::move(text)});
}

std::optional<FileTexts> read_file_texts(std::string_view bytes) {
    if (is_pdf(bytes)) return file_texts::of_pdf(bytes);
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with(ole)) return file_texts::of_office(bytes, 0);
    if (file_texts::is_picture(bytes)) return file_texts::of_picture(bytes);
    return std::nullopt;
}

std::string file_texts::from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]),
                   second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    std::string out;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t c = unit(at);
        if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size()) {
            const char32_t low = unit(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        append_utf8(out, c >= 0xD800 && c < 0xE000 ? U'\uFFFD' : c);
    }
    return out;
}

}  // namespace qunying

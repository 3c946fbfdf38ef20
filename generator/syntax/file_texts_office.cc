// Office documents: OOXML and OpenDocument are zips of XML (APPNOTE 6.3, ECMA-376); what came before them is
// one container of UTF-16 and bytes, whose words stand in it as they are.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/file_texts.h"
#include "syntax/inflate.h"
#include "syntax/recording_bytes.h"

namespace qunying {
namespace {

using namespace std::string_view_literals;

// ---- zip

struct ZipEntry {
    std::string_view name, packed;
    std::uint64_t method = 0, flags = 0;
};

std::vector<ZipEntry> entries_of(const ByteView& file) {
    constexpr std::uint64_t end_size = 22, longest_comment = 0xffff, most = 10000;
    std::vector<ZipEntry> entries;
    if (file.size() < end_size) return entries;
    std::uint64_t end = file.size() - end_size;
    const std::uint64_t first = end > longest_comment ? end - longest_comment : 0;
    while (end > first && !file.starts_at(end, "PK\5\6")) --end;
    if (!file.starts_at(end, "PK\5\6")) return entries;
    std::uint64_t at = file.little(end + 16, 4);
    const std::uint64_t count = std::min(file.little(end + 10, 2), most);
    for (std::uint64_t i = 0; i < count && file.starts_at(at, "PK\1\2"); ++i) {
        const std::uint64_t name = file.little(at + 28, 2), local = file.little(at + 42, 4);
        const std::uint64_t data = local + 30 + file.little(local + 26, 2) + file.little(local + 28, 2);
        entries.push_back({file.piece(at + 46, name), file.piece(data, file.little(at + 20, 4)),
                           file.little(at + 10, 2), file.little(at + 8, 2)});
        at += 46 + name + file.little(at + 30, 2) + file.little(at + 32, 2);
    }
    return entries;
}

std::string bytes_of(const ZipEntry& entry, std::size_t most) {
    constexpr std::uint64_t stored = 0, deflated = 8;
    if (entry.method == stored) return std::string(entry.packed.substr(0, most));
    return entry.method == deflated ? inflated(entry.packed, most, DeflateWrap::none) : std::string();
}

// ---- XML: its words, and those of attributes that hold some

bool parts_words(std::string_view tag) {
    static constexpr std::array<std::string_view, 18> ends = {
        "/w:p",  "/a:p", "/p:txBody", "/si",      "/c",   "/row", "/t",        "/text:p",     "/text:h",
        "w:tab", "w:br", "w:cr",      "text:tab", "/dc:", "/cp:", "/property", "/Properties", "/vt:"};
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
        return tag.starts_with(end) && (end.back() == ':' || tag.size() == end.size() ||
                                        tag[end.size()] == ' ' || tag[end.size()] == '/');
    });
}

void add_attributes(std::string_view tag, std::string& words) {
    static constexpr std::array<std::string_view, 10> wanted = {
        " descr=\"",  " title=\"",       " Target=\"", " alt=\"",        " w:author=\"",
        " author=\"", " displayName=\"", " string=\"", " xlink:href=\"", " location=\""};
    for (const std::string_view name : wanted) {
        const std::size_t at = tag.find(name);
        if (at == std::string_view::npos) continue;
        const std::string_view value = tag.substr(at + name.size());
        words.append("\n").append(value.substr(0, value.find('"'))).append("\n");
    }
}

// One number is often cut into several runs, so tags within a paragraph part nothing.
std::string words_of(std::string_view xml) {
    std::string words, aside;
    for (std::size_t at = 0; at < xml.size();) {
        const std::size_t open = std::min(xml.find('<', at), xml.size());
        words += xml.substr(at, open - at);
        if (open == xml.size()) break;
        const std::size_t close = std::min(xml.find('>', open), xml.size() - 1);
        const std::string_view tag = xml.substr(open + 1, close - open - 1);
        if (parts_words(tag)) words += '\n';
        add_attributes(tag, aside);
        at = close + 1;
    }
    return words + aside;
}

PlaceInFile place_of(std::string_view name) {
    using namespace file_texts;
    const std::string lower = ascii_lower(name);
    const auto holds = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
    if (holds("comment")) return comments;
    if (lower.starts_with("docprops/") || lower == "meta.xml" || holds("people.xml")) return properties;
    if (holds("/header") || holds("/footer")) return margins;
    return pages;
}

bool is_xml(std::string_view name) {
    return name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") ||
           name.ends_with(".txt");
}

// A picture or a table inside: what it carries is carried by the document.
void add_inner(FileTexts inner, PlaceInFile place, FileTexts& out) {
    for (FileText& text : inner.texts) out.add(place, std::move(text.text));
    if (inner.location) out.location = file_texts::illustration;
}

FileTexts of_zip(std::string_view bytes, int depth) {
    FileTexts out;
    const std::vector<ZipEntry> entries = entries_of(ByteView(bytes));
    if (entries.empty()) out.reading = FileReading::damaged;
    std::size_t left = file_texts::largest;
    for (const ZipEntry& entry : entries) {
        if ((entry.flags & 1) != 0) out.reading = FileReading::locked;
        const std::string part = bytes_of(entry, std::min(left, file_texts::largest_part));
        left -= std::min(left, part.size());
        if (left == 0) out.reading = FileReading::damaged;  // a bomb, or nothing anybody would publish
        if (left == 0) break;
        if (is_xml(entry.name))
            out.add(place_of(entry.name), words_of(part));
        else if (file_texts::is_picture(part))
            add_inner(file_texts::of_picture(part), file_texts::illustration, out);
        else if (depth == 0 && part.starts_with("PK\3\4"))
            add_inner(of_zip(part, depth + 1), file_texts::pages, out);
    }
    return out;
}

// Everything that reads as text, in either way of storing it; what lies between parts it.
std::string words_in_utf16(std::string_view bytes) {
    std::string words;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const unsigned unit = static_cast<unsigned char>(bytes[at]) |
                              static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8;
        const bool word = (unit >= 0x20 && unit < 0x7f) || (unit >= 0x4e00 && unit < 0xa000) ||
                          (unit >= 0xff00 && unit < 0xff60);
        if (word)
            append_utf8(words, unit);
        else if (!words.empty() && words.back() != '\n')
            words += '\n';
    }
    return words;
}

std::string words_in_bytes(std::string_view bytes) {
    std::string words;
    for (const char c : bytes) {
        if (c >= ' ' && c < '\x7f')
            words += c;
        else if (!words.empty() && words.back() != '\n')
            words += '\n';
    }
    return words;
}

FileTexts of_old_container(std::string_view bytes) {
    FileTexts out;
    std::string encrypted;
    for (const char c : "EncryptedPackage"sv) encrypted.append(1, c).append(1, '\0');
    if (bytes.find(encrypted) != std::string_view::npos) {
        out.reading = FileReading::locked;
        return out;
    }
    bytes = bytes.substr(0, file_texts::largest_part);
    out.add(file_texts::pages, words_in_utf16(bytes));
    out.add(file_texts::pages, words_in_bytes(bytes));
    return out;
}

}  // namespace

FileTexts file_texts::of_office(std::string_view bytes, int depth) {
    return bytes.starts_with("PK") ? of_zip(bytes, depth) : of_old_container(bytes);
}

}  // namespace qunying

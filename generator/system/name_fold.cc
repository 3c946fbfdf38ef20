// Some disks take two names for the same that others keep apart: Windows and macOS fold case, macOS also
// writes é as e and a mark. This room links no ICU, so the table below holds what names of files here can
// contain: Latin letters of Western languages and of pinyin, and kana. Chinese characters have one form only.
// Case is folded for ASCII letters, with or without marks.
#include <map>

#include "base/text.h"
#include "system/source_tree.h"

namespace qunying {
namespace {

// Letters with one mark on them; a base may be such a letter itself (ǖ is ü with a macron).
struct Marked {
    char32_t mark;
    std::u32string_view bases, composed;
};

constexpr Marked marked_letters[] = {
    {U'\x0300', U"AEIOUaeiouÜüNn", U"ÀÈÌÒÙàèìòùǛǜǸǹ"},
    {U'\x0301', U"AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØøMm", U"ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿḾḿ"},
    {U'\x0302', U"AEIOUaeiouCcGgHhJjSsWwYy", U"ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"},
    {U'\x0303', U"ANOanoIiUu", U"ÃÑÕãñõĨĩŨũ"},
    {U'\x0304', U"AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYy", U"ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳ"},
    {U'\x0306', U"AaEeGgIiOoUu", U"ĂăĔĕĞğĬĭŎŏŬŭ"},
    {U'\x0307', U"CcEeGgIZzAaOo", U"ĊċĖėĠġİŻżȦȧȮȯ"},
    {U'\x0308', U"AEIOUaeiouyY", U"ÄËÏÖÜäëïöüÿŸ"},
    {U'\x030A', U"AaUu", U"ÅåŮů"},
    {U'\x030B', U"OoUu", U"ŐőŰű"},
    {U'\x030C', U"CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh", U"ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ"},
    {U'\x030F', U"AaEeIiOoRrUu", U"ȀȁȄȅȈȉȌȍȐȑȔȕ"},
    {U'\x0311', U"AaEeIiOoRrUu", U"ȂȃȆȇȊȋȎȏȒȓȖȗ"},
    {U'\x031B', U"OoUu", U"ƠơƯư"},
    {U'\x0326', U"SsTt", U"ȘșȚț"},
    {U'\x0327', U"CcGgKkLlNnRrSsTtEe", U"ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩ"},
    {U'\x0328', U"AaEeIiUuOo", U"ĄąĘęĮįŲųǪǫ"},
    {U'\x3099',
     U"かきくけこさしすせそたちつてとはひふへほうゝカキクケコサシスセソタチツテトハヒフヘホウワヰヱヲヽ",
     U"がぎぐげござじずぜぞだぢづでどばびぶべぼゔゞガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヸヹヺヾ"},
    {U'\x309A', U"はひふへほハヒフヘホ", U"ぱぴぷぺぽパピプペポ"},
};

struct Parts {
    char32_t base = 0, mark = 0;
};

std::map<char32_t, Parts> parts_by_letter() {
    std::map<char32_t, Parts> table;
    for (const Marked& row : marked_letters) {
        for (std::size_t i = 0; i < row.bases.size(); ++i) table[row.composed[i]] = {row.bases[i], row.mark};
    }
    return table;
}

void append_apart(std::u32string& out, char32_t point, const std::map<char32_t, Parts>& table) {
    const auto found = table.find(point);
    if (found == table.end()) {
        out += point;
    } else {
        append_apart(out, found->second.base, table);
        out += found->second.mark;
    }
}

}  // namespace

std::string folded_name(std::string_view name) {
    if (is_ascii(name)) return ascii_lower(name);
    static const std::map<char32_t, Parts> table = parts_by_letter();
    std::u32string apart;
    for (const char32_t point : to_utf32(name)) append_apart(apart, point, table);
    return ascii_lower(to_utf8(apart));
}

}  // namespace qunying

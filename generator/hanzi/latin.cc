#include "hanzi/latin.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/failure.h"

namespace qunying {
namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_bytes(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

using Instance = const icu::Normalizer2* (*)(UErrorCode&);

const icu::Normalizer2& made(Instance instance) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = instance(error);
    QY_CHECK(U_SUCCESS(error) && normalizer);
    return *normalizer;
}

icu::UnicodeString normalised(const icu::Normalizer2& normalizer, std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString result = normalizer.normalize(from_utf8(text), error);
    QY_CHECK(U_SUCCESS(error));
    return result;
}

// Letters and their marks apart, full-width letters as ASCII. ICU's normalizers live as long as the program;
// they are asked for once, since how ICU itself hands one from thread to thread is hidden from a thread
// sanitizer.
icu::UnicodeString decomposed(std::string_view text) {
    static const icu::Normalizer2& compatibility = made(icu::Normalizer2::getNFKDInstance);
    return normalised(compatibility, text);
}

icu::UnicodeString composed(std::string_view text) {
    static const icu::Normalizer2& canonical = made(icu::Normalizer2::getNFCInstance);
    return normalised(canonical, text);
}

constexpr UChar32 diaeresis = 0x0308;

// Transliterators are safe to share once they are made and no more changed; this one is made at first use.
const icu::Transliterator& han_latin() {
    static const std::unique_ptr<const icu::Transliterator> reader = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<const icu::Transliterator> result(
            icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, error));
        QY_CHECK(U_SUCCESS(error) && result);
        return result;
    }();
    return *reader;
}

// The vowels of pinyin in composed form, each with its plain letter; those of ü with v.
struct MarkedVowel {
    std::string_view marked;
    char plain;
};
constexpr std::array<MarkedVowel, 25> marked_vowels = {
    {{"ā", 'a'}, {"á", 'a'}, {"ǎ", 'a'}, {"à", 'a'}, {"ē", 'e'}, {"é", 'e'}, {"ě", 'e'},
     {"è", 'e'}, {"ī", 'i'}, {"í", 'i'}, {"ǐ", 'i'}, {"ì", 'i'}, {"ō", 'o'}, {"ó", 'o'},
     {"ǒ", 'o'}, {"ò", 'o'}, {"ū", 'u'}, {"ú", 'u'}, {"ǔ", 'u'}, {"ù", 'u'}, {"ǖ", 'v'},
     {"ǘ", 'v'}, {"ǚ", 'v'}, {"ǜ", 'v'}, {"ü", 'v'}}};

// As bare_letters, for what pinyin is written with: ICU takes twenty times as long. Nothing for all else.
std::optional<std::string> bare_pinyin(std::string_view text, Umlaut umlaut) {
    std::string bare;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            continue;
        }
        const auto vowel = std::ranges::find(marked_vowels, text.substr(at++, 2), &MarkedVowel::marked);
        if (vowel == marked_vowels.end()) return std::nullopt;
        bare += vowel->plain == 'v' && umlaut == Umlaut::as_u ? 'u' : vowel->plain;
    }
    return bare;
}

}  // namespace

std::string bare_letters(std::string_view text, Umlaut umlaut) {
    if (auto pinyin = bare_pinyin(text, umlaut)) return *std::move(pinyin);
    const icu::UnicodeString letters = decomposed(text).toLower(icu::Locale::getRoot());
    icu::UnicodeString bare;
    for (int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
        const UChar32 letter = letters.char32At(at);
        const bool is_v = letter == diaeresis && umlaut == Umlaut::as_v && bare.endsWith(u"u", 1);
        if (is_v) bare.setCharAt(bare.length() - 1, u'v');
        if (u_charType(letter) != U_NON_SPACING_MARK) bare.append(letter);
    }
    return to_bytes(bare);
}

std::string lower_latin(std::string_view text) {
    return to_bytes(composed(text).toLower(icu::Locale::getRoot()));
}

std::string capitalised(std::string_view text) {
    icu::UnicodeString result = from_utf8(text);
    if (result.isEmpty()) return {};
    const UChar32 first = result.char32At(0);
    result.replace(0, U16_LENGTH(first), u_toupper(first));
    return to_bytes(result);
}

int tone_of(std::string_view syllable) {
    static constexpr UChar32 marks[] = {0x0304, 0x0301, 0x030C, 0x0300};
    const icu::UnicodeString letters = decomposed(syllable);
    for (int tone = 1; tone <= 4; ++tone)
        if (letters.indexOf(marks[tone - 1]) >= 0) return tone;
    return 5;
}

std::string icu_reading(char32_t hanzi) {
    const auto character = static_cast<UChar32>(hanzi);
    icu::UnicodeString text(character);
    han_latin().transliterate(text);
    text.trim();
    return text.isEmpty() || u_getIntPropertyValue(text.char32At(0), UCHAR_SCRIPT) != USCRIPT_LATIN
               ? std::string()
               : to_bytes(text);
}

bool is_letter_or_digit(char32_t code_point) {
    const auto character = static_cast<UChar32>(code_point);
    return u_isalnum(character) || u_charType(character) == U_NON_SPACING_MARK;
}

}  // namespace qunying

#pragma once
// Letters with marks, and what ICU knows of them: the only place that knows ICU in this room.
#include <string>
#include <string_view>

namespace qunying {

enum class Umlaut { as_v, as_u };  // ü of pinyin is typed as v; ü of other languages as u

// Lower case without marks: "Lǚ" → "lv" or "lu".
std::string bare_letters(std::string_view text, Umlaut umlaut);
// In composed form (NFC).
std::string lower_latin(std::string_view text);
// The first letter as a capital: "ōu" → "Ōu".
std::string capitalised(std::string_view text);
// 1 to 4, or 5 where no vowel bears a tone mark.
int tone_of(std::string_view syllable);

// Marks that follow a letter count with it.
bool is_letter_or_digit(char32_t code_point);

// How ICU reads one hanzi (Han-Latin), or empty. It knows some 2,500 rare simplified characters that Unihan
// gives no reading of. About 10 µs; any number of threads may call it.
std::string icu_reading(char32_t hanzi);

}  // namespace qunying

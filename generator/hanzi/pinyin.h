#pragma once
// How names are read, with the readings that surnames have of old, and what is made of it: slugs, initials,
// order.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// The reading of a name, surname first, in the order of the characters.
struct NamePinyin {
    std::string name;                    // as it was asked for, white space removed
    std::vector<std::string> syllables;  // lower case with tone marks and ü: "tián", "jiàn", "gāng"
    std::size_t surname_syllables = 0;   // how many of them are the surname's

    bool operator==(const NamePinyin&) const = default;
};

// Reads a name: surnames by the table of surname_readings.cc; all else by Unihan, the readings of
// 通用规范汉字表 first (kMandarin alone, and so ICU, reads 珩 as háng and 子 as zi); names with “·” plainly,
// part by part. Rare characters that Unihan gives no reading of go through ICU's Han-Latin, about 10 µs each;
// one that nobody knows stands for itself. `surname` as in split_name. `override_pinyin` (the profile's
// pinyin) beats all: with or without tones (“lǚ”, “lü”, “lv”, “lu:”), with or without blanks (“Tián
// Jiàngāng”, “tianjiangang”, “Xi'an”); missing tones are filled in where the character has such a reading. An
// override that cannot be divided into one syllable a character (“Memet Eli”) is taken word by word.
NamePinyin name_pinyin(std::string_view name, std::string_view surname = {},
                       std::string_view override_pinyin = {});

// "tián jiàn gāng" → "tian jian gang": lower case without tones, ü as v ("lǚ" → "lv"), as people type it.
// Only for search and addresses; what is shown keeps ü.
std::string plain_pinyin(std::string_view marked);

// For addresses and ids: 王样例 → "wang-yang-li", “2020年度 A组” → "2020-nian-du-a-zu". Only a–z, 0–9 and
// '-'; full-width letters and digits count as ASCII; a hanzi without a known reading becomes its code point,
// "u2a6df". Empty when nothing is left. Hanzi are read one by one as words, not as names.
std::string pinyin_slug(std::string_view text);
// As above, read as a name: 曾参议 → "zeng-can-yi", 单雄信 → "shan-xiong-xin".
std::string name_slug(std::string_view name, std::string_view surname = {},
                      std::string_view override_pinyin = {});

// First letters: "tjg". Syllables without a Latin letter are left out.
std::string initials(const NamePinyin& pinyin);

// As it is printed (GB/T 28039-2011): "Tián Jiàngāng", "Ōuyáng Xiū", "Lǐ Xī'ān", "Mǎimǎití Àilì".
std::string display_pinyin(const NamePinyin& pinyin);

// Orders by comparing bytes, character by character: letters (ü right after u), then tone (neutral last),
// then strokes, so that all 张 stand together before the first 章; names alike in all that by the name
// itself.
std::string pinyin_sort_key(const NamePinyin& pinyin);

}  // namespace qunying

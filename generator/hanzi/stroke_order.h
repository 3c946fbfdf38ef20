#pragma once
// The official order of names by strokes (按姓氏笔画为序): stroke count, then stroke by stroke 横竖撇点折,
// then the place in 通用规范汉字表. The table behind it is built from Unihan and cnchar-order by
// scripts/hanzi_table.py.
#include <compare>
#include <string>
#include <string_view>

namespace qunying {

// Official lists follow one of two rules for names of two characters.
enum class NameOrder {
    surname_strokes,   // 姓氏笔画: a blank stands between, so 田富 comes before 田大利
    full_name_strokes  // 姓名笔画: 富 itself is compared with 大, so 田大利 comes before 田富
};

// Orders names by comparing bytes: three a character, big-endian. Never empty text for a name that has a
// letter.
struct StrokeKey {
    std::string bytes;

    auto operator<=>(const StrokeKey&) const = default;
};

// The key of a name, character by character, so that 欧阳 stands at 欧. White space, “·” and its look-alikes
// do not count. Two equal names have equal keys: the caller breaks the tie. Characters that Unihan does not
// know, and letters, stand after all hanzi by code point. `override_key` (the profile's stroke_key) is a text
// in hanzi that is put in order instead of the name; empty means none. Text is taken as it is written,
// without normalisation.
StrokeKey stroke_key(std::string_view name, NameOrder order, std::string_view override_key = {});

// How many strokes a character has: by 通用规范汉字表 where it is listed, else Unihan's kTotalStrokes; 0 when
// unknown.
int stroke_count(char32_t hanzi);

}  // namespace qunying

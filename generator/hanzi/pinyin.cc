#include "hanzi/pinyin.h"

#include "base/text.h"
#include "hanzi/hanzi_table.h"
#include "hanzi/latin.h"
#include "hanzi/name_tokens.h"
#include "hanzi/names.h"
#include "hanzi/pinyin_override.h"
#include "hanzi/surname_readings.h"

namespace qunying {
namespace {

std::string usual_reading(const NameToken& token) {
    if (token.hanzi == 0) return lower_latin(token.text);
    const auto readings = hanzi_table::readings_of(token.hanzi);
    if (!readings.empty()) return std::string(hanzi_table::syllables[readings.front()]);
    const std::string reading = icu_reading(token.hanzi);
    return reading.empty() ? token.text : reading;
}

std::string or_usual(std::string_view reading, const NameToken& token) {
    return reading.empty() ? usual_reading(token) : std::string(reading);
}

std::vector<std::string> read_surname(std::string_view surname) {
    std::vector<std::string> syllables;
    if (const std::string_view known = surname_reading(surname); !known.empty()) {
        for (const std::string_view syllable : split(known, ' ')) syllables.emplace_back(syllable);
    } else {
        for (const NameToken& token : tokens_of(surname))
            syllables.push_back(or_usual(surname_reading(token.text), token));
    }
    return syllables;
}

std::vector<std::string> read_plainly(std::string_view text) {
    std::vector<std::string> syllables;
    for (const NameToken& token : tokens_of(text)) syllables.push_back(usual_reading(token));
    return syllables;
}

std::vector<std::string> read_given(std::string_view given) {
    std::vector<std::string> syllables;
    for (const NameToken& token : tokens_of(given))
        syllables.push_back(or_usual(given_reading(token.text), token));
    return syllables;
}

void append(std::vector<std::string>& to, std::vector<std::string> more) {
    for (std::string& each : more) to.push_back(std::move(each));
}

NamePinyin read_by_tables(std::string_view name, std::string_view surname) {
    const NameParts parts = split_name(name, surname);
    NamePinyin pinyin{normal_name(name), {}, 0};
    const bool stated = !surname.empty() && parts.surname == normal_name(surname);
    const bool plainly = !stated && has_name_separator(pinyin.name);
    pinyin.syllables = plainly ? read_plainly(parts.surname) : read_surname(parts.surname);
    pinyin.surname_syllables = pinyin.syllables.size();
    append(pinyin.syllables, plainly ? read_plainly(parts.given) : read_given(parts.given));
    return pinyin;
}

// Every reading of each character, the one of `pinyin` first.
std::vector<std::vector<std::string>> possible_readings(const NamePinyin& pinyin,
                                                        const std::vector<NameToken>& tokens) {
    std::vector<std::vector<std::string>> possible;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        possible.push_back({pinyin.syllables[i]});
        for (const std::uint16_t number : hanzi_table::readings_of(tokens[i].hanzi))
            possible.back().emplace_back(hanzi_table::syllables[number]);
    }
    return possible;
}

// “Memet Eli”: the words as they are; the first is the surname's if there are more.
NamePinyin word_by_word(NamePinyin pinyin, std::string_view text) {
    const bool has_surname = pinyin.surname_syllables > 0;
    pinyin.syllables.clear();
    std::string word;
    const auto finish_word = [&] {
        if (!word.empty()) pinyin.syllables.push_back(lower_latin(word));
        word.clear();
    };
    for (; !text.empty(); text.remove_prefix(decode_first(text).bytes)) {
        const CodePoint next = decode_first(text);
        if (is_silent_in_name(next.value)) {
            finish_word();
        } else {
            word += text.substr(0, next.bytes);
        }
    }
    finish_word();
    pinyin.surname_syllables = has_surname && pinyin.syllables.size() > 1 ? 1 : 0;
    return pinyin;
}

// Not so after an override such as “Memet Eli”, nor where a stated surname cuts a run of letters.
bool is_syllable_a_character(const NamePinyin& pinyin, const std::vector<NameToken>& tokens) {
    return tokens.size() == pinyin.syllables.size();
}

// The letters that may stand in an address; ü as v in pinyin, as u in other words (Müller).
std::string slug_letters(std::string_view text) {
    std::string bare = bare_letters(text, Umlaut::as_v);
    if (!is_syllable(bare)) bare = bare_letters(text, Umlaut::as_u);
    std::erase_if(bare, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
    return bare;
}

// "u30edd" for a hanzi that stands for itself, for want of a reading.
std::string code_point_slug(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    const char32_t character = text.empty() ? 0 : decode_first(text).value;
    if (!is_hanzi(character)) return {};
    std::string slug = "u";
    for (int shift = character > 0xffff ? 16 : 12; shift >= 0; shift -= 4)
        slug += digits[(character >> shift) & 0xf];
    return slug;
}

std::string joined_slug(const std::vector<std::string>& syllables) {
    std::string slug;
    for (const std::string& syllable : syllables) {
        std::string part = slug_letters(syllable);
        if (part.empty()) part = code_point_slug(syllable);
        if (part.empty()) continue;
        if (!slug.empty()) slug += '-';
        slug += part;
    }
    return slug;
}

bool begins_with_vowel(std::string_view syllable) {
    const std::string bare = bare_letters(syllable, Umlaut::as_v);
    return !bare.empty() && std::string_view("aoe").find(bare.front()) != std::string_view::npos;
}

// Letters, then ü after u, then tone, each part ending below whatever may go on.
void append_order(std::string& key, const std::string& syllable) {
    const std::string letters = bare_letters(syllable, Umlaut::as_u);
    const bool umlaut = letters != bare_letters(syllable, Umlaut::as_v);
    key += letters;
    key += '\x01';
    key += umlaut ? '\x02' : '\x01';
    key += static_cast<char>('0' + tone_of(syllable));
}

void append_rank(std::string& key, const NameToken& token) {
    const std::uint32_t rank = token.hanzi == 0 ? 0 : hanzi_table::stroke_rank(token.hanzi);
    for (int shift = 16; shift >= 0; shift -= 8) key += static_cast<char>((rank >> shift) & 0xff);
}

}  // namespace

NamePinyin name_pinyin(std::string_view name, std::string_view surname, std::string_view override_pinyin) {
    NamePinyin pinyin = read_by_tables(name, surname);
    const std::string_view own = trim(override_pinyin);
    if (own.empty()) return pinyin;
    const std::vector<NameToken> tokens = tokens_of(pinyin.name);
    auto divided = is_syllable_a_character(pinyin, tokens)
                       ? divide_pinyin(own, possible_readings(pinyin, tokens))
                       : std::nullopt;
    if (divided) {
        pinyin.syllables = *std::move(divided);
        return pinyin;
    }
    return word_by_word(std::move(pinyin), own);
}

std::string plain_pinyin(std::string_view marked) { return bare_letters(marked, Umlaut::as_v); }

std::string pinyin_slug(std::string_view text) { return joined_slug(read_plainly(text)); }

std::string name_slug(std::string_view name, std::string_view surname, std::string_view override_pinyin) {
    return joined_slug(name_pinyin(name, surname, override_pinyin).syllables);
}

std::string initials(const NamePinyin& pinyin) {
    std::string letters;
    for (const std::string& syllable : pinyin.syllables) {
        const std::string bare = bare_letters(syllable, Umlaut::as_v);
        if (!bare.empty() && bare.front() >= 'a' && bare.front() <= 'z') letters += bare.front();
    }
    return letters;
}

std::string display_pinyin(const NamePinyin& pinyin) {
    const std::vector<NameToken> tokens = tokens_of(pinyin.name);
    const bool aligned = is_syllable_a_character(pinyin, tokens);
    std::string text;
    for (std::size_t i = 0; i < pinyin.syllables.size(); ++i) {
        const std::string& syllable = pinyin.syllables[i];
        const bool begins_word = i == 0 || i == pinyin.surname_syllables || !aligned ||
                                 tokens[i].after_separator || tokens[i].hanzi == 0;
        if (i > 0 && begins_word) text += ' ';
        if (!begins_word && begins_with_vowel(syllable)) text += '\'';
        text += begins_word ? capitalised(syllable) : syllable;
    }
    return text;
}

std::string pinyin_sort_key(const NamePinyin& pinyin) {
    const std::vector<NameToken> tokens = tokens_of(pinyin.name);
    const bool aligned = is_syllable_a_character(pinyin, tokens);
    std::string key;
    for (std::size_t i = 0; i < pinyin.syllables.size(); ++i) {
        append_order(key, pinyin.syllables[i]);
        append_rank(key, aligned ? tokens[i] : NameToken{});
    }
    key += '\0';
    return key + pinyin.name;
}

}  // namespace qunying

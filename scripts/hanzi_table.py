#!/usr/bin/env python3
"""Builds the table of hanzi that the program compiles in: strokes in the official order, and readings.

    hanzi_table.py UNIHAN_FOLDER CNCHAR_ORDER_FOLDER TABLE.cc LISTED.cc

Idea. 通用规范汉字表 lists 8,105 characters in three levels. Unihan's kTGH gives each one's place, and within a level
that place is the official order by strokes (GF 3003: count, then 横竖撇点折 stroke by stroke, then rules for equal
sequences). To make one order of the three lists, they are merged by count and sequence. The sequences are
cnchar-order's; a character that it lacks stands right after its official predecessor (the first ones of a stroke
count before their successor). All other characters of
Unihan follow within their stroke count, by radical and code point.

Why it is right. Where cnchar-order has a sequence, it must agree with the official place; a sequence that does not
is thrown away, and if more than a handful do, or the data changed its shape, this program stops and says so.
"""

import bisect
import bz2
import json
import os
import re
import sys

LEVELS = ((1, 3500), (3501, 6500), (6501, 8105))
# What was measured with cnchar-order 3.2.6: known sequences a level. Fewer means the package lost data.
LEAST_KNOWN = (3500, 2800, 400)
MOST_WRONG = (0, 3, 3)

# cnchar-order's letters are forms of strokes. 横 and 提 are 1; 竖 and 竖钩 2; 撇 3; 点, its long form and 捺 4;
# every other letter is a bend.
STROKE_OF_LETTER = {"j": 1, "i": 1, "f": 2, "g": 2, "s": 3, "k": 4, "l": 4, "d": 4}
BEND = 5

TONE_MARKS = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếề\u0300\u0301\u0304\u030c")


def stop(message):
    sys.exit(f"hanzi_table.py: {message}")


def require(condition, message):
    if not condition:
        stop(f"the data has changed its shape: {message}")


# --- reading the sources -------------------------------------------------------------------------------------------


def open_unihan(folder, name):
    path = os.path.join(folder, f"Unihan_{name}.txt")
    if os.path.exists(path):
        return open(path, encoding="utf-8")
    if os.path.exists(path + ".bz2"):
        return bz2.open(path + ".bz2", "rt", encoding="utf-8")
    stop(f"{path}[.bz2] is missing. Install the package unicode-data (apt-get install unicode-data).")


def read_unihan(folder, name, fields):
    """Field → code point → value, for the wanted fields of one file."""
    values = {field: {} for field in fields}
    with open_unihan(folder, name) as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] in values:
                values[parts[1]][int(parts[0][2:], 16)] = parts[2]
    return [values[field] for field in fields]


def read_sequences(folder):
    """Code point → tuple of strokes 1…5. The table is the first JSON text in the package's only program file."""
    path = os.path.join(folder, "cnchar.order.min.js")
    if not os.path.exists(path):
        stop(f"{path} is missing. Run: npm ci")
    with open(path, encoding="utf-8") as file:
        found = re.search(r"JSON\.parse\('(\{.*?\})'\)", file.read())
    require(found, "cnchar-order holds no table")
    letters = json.loads(found.group(1))
    require(letters.get("一") == "j" and letters.get("丁") == "jg", "cnchar-order's first table is another one")
    require(all(re.fullmatch("[a-z]+", text) for text in letters.values()), "a stroke is not a letter a–z")
    return {
        ord(hanzi): tuple(STROKE_OF_LETTER.get(letter, BEND) for letter in text)
        for hanzi, text in letters.items()
        if len(hanzi) == 1
    }


# --- strokes -------------------------------------------------------------------------------------------------------


def longest_ascending(keys):
    """Indices of a longest non-descending subsequence of `keys`."""
    tails, tail_keys, before = [], [], []
    for index, key in enumerate(keys):
        place = bisect.bisect_right(tail_keys, key)
        before.append(tails[place - 1] if place else None)
        tails[place:place + 1] = [index]
        tail_keys[place:place + 1] = [key]
    chain, index = [], tails[-1] if tails else None
    while index is not None:
        chain.append(index)
        index = before[index]
    return set(chain)


def level_characters(official, level):
    first, last = LEVELS[level]
    return [official[place] for place in range(first, last + 1)]


def trusted_sequences(characters, sequences, level):
    """The sequences that agree with the official order of one level."""
    known = [c for c in characters if c in sequences]
    require(len(known) >= LEAST_KNOWN[level], f"only {len(known)} sequences known in level {level + 1}")
    kept = longest_ascending([(len(sequences[c]), sequences[c]) for c in known])
    require(len(known) - len(kept) <= MOST_WRONG[level],
            f"{len(known) - len(kept)} sequences of level {level + 1} contradict the official order")
    return {c: sequences[c] for i, c in enumerate(known) if i in kept}


def level_counts(characters, sequences, strokes):
    """Stroke counts along a level. Where there is no sequence the count is Unihan's if it fits between the neighbours,
    else the predecessor's: Unihan counts some rare simplified characters as traditional ones (䴓 as 15, not 9)."""
    counts = [len(sequences[c]) if c in sequences else strokes[c] for c in characters]
    fitting = longest_ascending(counts)
    require(all(i in fitting for i, c in enumerate(characters) if c in sequences), "stroke counts contradict")
    for index in range(1, len(counts)):
        if index not in fitting:
            counts[index] = counts[index - 1]
    require(counts == sorted(counts), "stroke counts of a level do not ascend")
    return counts


def level_keys(characters, sequences, strokes):
    """(count, sequence) of each character of a level, ascending. A missing sequence is the predecessor's; for the
    first ones of a count it is the successor's. kTGH then puts equal ones right."""
    counts = level_counts(characters, sequences, strokes)
    known = [sequences.get(c) for c in characters]
    for order in (range(1, len(known)), range(len(known) - 2, -1, -1)):
        step = order.step
        for index in order:
            if known[index] is None and counts[index] == counts[index - step]:
                known[index] = known[index - step]
    return {c: (count, sequence or ()) for c, count, sequence in zip(characters, counts, known)}


def radical_index(value):
    """“149''.-2” → (149, 2, -2): the radical, how simplified it is, the strokes beside it."""
    found = re.match(r"(\d+)('*)\.(-?\d+)", value)
    require(found, f"kRSUnicode {value!r}")
    return int(found.group(1)), len(found.group(2)), int(found.group(3))


def order_characters(places, sequences, strokes, radicals):
    """Code point → (stroke count, rank from 1)."""
    official = {place: character for character, place in places.items()}
    require(sorted(official) == list(range(1, LEVELS[-1][1] + 1)), "kTGH is not 1…8105")
    keys = {}
    for level in range(len(LEVELS)):
        characters = level_characters(official, level)
        trusted = trusted_sequences(characters, sequences, level)
        for character, (count, sequence) in level_keys(characters, trusted, strokes).items():
            keys[character] = (count, 0, sequence, places[character])
    for character, count in strokes.items():
        keys.setdefault(character, (count, 1, radicals[character], character))
    # 〇 is no unified ideograph, so Unihan leaves it out; dictionaries count it as one stroke.
    keys[0x3007] = (1, 1, (0, 0, 0), 0x3007)
    ranked = sorted(keys, key=keys.get)
    return {character: (keys[character][0], rank) for rank, character in enumerate(ranked, 1)}


# --- readings ------------------------------------------------------------------------------------------------------


def has_tone(reading):
    return any(mark in TONE_MARKS for mark in reading)


def official_readings(value):
    """“482.140:zhòu 483.020:zhōu” → [zhòu, zhōu]"""
    return [reading for part in value.split(" ") for reading in part.split(":")[1].split(",")]


def readings_of(official, usual):
    """All readings, the one to use first. `usual` is kMandarin, which the mainland's norm corrects (珩 is héng, 罗
    luó, 焘 tāo); a neutral tone is for particles and never a name's (子 is zǐ)."""
    first = usual[:1]
    if official and (not first or first[0] not in official or not has_tone(first[0])):
        first = [r for r in official if has_tone(r)][:1] or first or official[:1]
    return list(dict.fromkeys(first + official + usual))


def all_readings(norm, mandarin):
    readings = {}
    for character in sorted(set(norm) | set(mandarin)):
        official = official_readings(norm[character]) if character in norm else []
        readings[character] = readings_of(official, mandarin.get(character, "").split())
    readings[0x3007] = ["líng"]
    return readings


# --- writing -------------------------------------------------------------------------------------------------------


def runs_of(characters):
    """Stretches of code points without a gap: (first, last, index of the first)."""
    runs, index = [], 0
    for character in sorted(characters):
        if runs and character == runs[-1][1] + 1:
            runs[-1][1] = character
        else:
            runs.append([character, character, index])
        index += 1
    return runs


def rows(values, width=24):
    values = list(map(str, values))
    return ",\n".join(",".join(values[i:i + width]) for i in range(0, len(values), width))


def reading_lists(characters, readings):
    """The distinct lists, and each character's list by number; list 0 is the empty one."""
    numbers = {(): 0}
    of_character = [numbers.setdefault(tuple(readings.get(c, ())), len(numbers)) for c in characters]
    require(len(numbers) < 65536, "too many lists of readings")
    return list(numbers), of_character


def write_table(path, order, readings):
    characters = sorted(order)
    runs = runs_of(characters)
    lists, list_of = reading_lists(characters, readings)
    syllables = sorted({syllable for each in lists for syllable in each})
    number = {syllable: i for i, syllable in enumerate(syllables)}
    begins = [0]
    for each in lists:
        begins.append(begins[-1] + len(each))
    text = f"""// Made by scripts/hanzi_table.py out of Unihan and cnchar-order. Do not edit.
#include "hanzi/hanzi_table.h"

namespace qunying::hanzi_table {{
namespace {{
constexpr Run run_data[] = {{
{rows(f"{{{a},{b},{i}}}" for a, b, i in runs)}}};
constexpr std::uint32_t stroke_data[] = {{
{rows(order[c][0] << 24 | order[c][1] for c in characters)}}};
constexpr std::uint16_t list_of_data[] = {{
{rows(list_of)}}};
constexpr std::uint16_t list_begin_data[] = {{
{rows(begins)}}};
constexpr std::uint16_t list_item_data[] = {{
{rows(number[syllable] for each in lists for syllable in each)}}};
constexpr std::string_view syllable_data[] = {{
{rows(json.dumps(syllable, ensure_ascii=False) for syllable in syllables)}}};
}}  // namespace

const std::span<const Run> runs = run_data;
const std::span<const std::uint32_t> strokes = stroke_data;
const std::span<const std::uint16_t> reading_list_of = list_of_data;
const std::span<const std::uint16_t> reading_list_begin = list_begin_data;
const std::span<const std::uint16_t> reading_list_items = list_item_data;
const std::span<const std::string_view> syllables = syllable_data;
}}  // namespace qunying::hanzi_table
"""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_listed(path, places):
    """The official table itself, in a file of its own: the linker leaves it out where nobody asks for it."""
    text = f"""// Made by scripts/hanzi_table.py out of Unihan's kTGH. Do not edit.
#include "hanzi/hanzi_table.h"

namespace qunying::hanzi_table {{
namespace {{
constexpr char32_t listed_data[] = {{
{rows(sorted(places, key=places.get))}}};
}}  // namespace

const std::span<const char32_t> listed = listed_data;
}}  // namespace qunying::hanzi_table
"""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main(unihan, cnchar, table, listed):
    (places,) = read_unihan(unihan, "OtherMappings", ["kTGH"])
    strokes, radicals = read_unihan(unihan, "IRGSources", ["kTotalStrokes", "kRSUnicode"])
    norm, mandarin = read_unihan(unihan, "Readings", ["kTGHZ2013", "kMandarin"])
    require(len(strokes) >= 98000, f"kTotalStrokes has {len(strokes)} characters")
    require(len(norm) >= 8105 and len(mandarin) >= 41000, "readings are missing")
    places = {c: int(value.split(":")[1]) for c, value in places.items()}
    strokes = {c: int(value.split(" ")[0]) for c, value in strokes.items()}  # the first is the mainland's
    radicals = {c: radical_index(value.split(" ")[0]) for c, value in radicals.items()}
    order = order_characters(places, read_sequences(cnchar), strokes, radicals)
    write_table(table, order, all_readings(norm, mandarin))
    write_listed(listed, places)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])

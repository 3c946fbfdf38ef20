#!/usr/bin/env python3
"""Builds the table of variant hanzi that search folds: 劉 → 刘, 峯 → 峰, compatibility ideographs → their own.

    hanzi_variants.py UNIHAN_FOLDER VARIANTS.cc

A character of 通用规范汉字表 stands for itself (著, 乾 and 昇 are characters of their own there). Any other one goes to
its simplified form; without one, to the character that it duplicates or is only another way of writing, if that is in
the list. Every target stands for itself, so folding twice is folding once.
"""

import re
import sys

from hanzi_table import read_unihan, require, rows


def code_points(value):
    return [int(each, 16) for each in re.findall(r"U\+([0-9A-F]{4,5})", value)]


def read_targets(folder):
    """Two maps from a code point to where it may go: its own form, and other ways of writing it (both directions)."""
    simplified, duplicate, meaning = read_unihan(
        folder, "Variants", ["kSimplifiedVariant", "kZVariant", "kSemanticVariant"])
    (compatible,) = read_unihan(folder, "IRGSources", ["kCompatibilityVariant"])
    require(len(simplified) >= 6500 and len(compatible) >= 1000, "variants are missing")
    own, other = {}, {}
    for field in (simplified, compatible):
        for character, value in field.items():
            own.setdefault(character, []).extend(t for t in code_points(value) if t != character)
    for field in (duplicate, meaning):
        for character, value in field.items():
            for target in code_points(value):
                other.setdefault(character, []).append(target)
                other.setdefault(target, []).append(character)
    return own, other


def fold(character, listed, own, other):
    """The nearest listed character, own forms first; else the end of the chain of own forms."""
    if character in listed:
        return character
    seen, front = {character}, [character]
    for _ in range(3):
        front = [t for c in front for t in own.get(c, []) + sorted(other.get(c, [])) if t not in seen]
        seen.update(front)
        found = next((t for t in front if t in listed), None)
        if found is not None:
            return found
    while own.get(character):
        character = own[character][0]
    return character


def fold_all(listed, own, other):
    pairs = {c: fold(c, listed, own, other) for c in set(own) | set(other)}
    pairs = {c: pairs.get(target, target) for c, target in pairs.items() if c != target}
    pairs = {c: target for c, target in pairs.items() if c != target}
    require(not set(pairs) & set(pairs.values()), "a target of folding is itself folded")
    require(len(pairs) >= 6000, f"only {len(pairs)} characters fold")
    return pairs


def main(unihan, path):
    (places,) = read_unihan(unihan, "OtherMappings", ["kTGH"])
    pairs = fold_all(set(places), *read_targets(unihan))
    text = f"""// Made by scripts/hanzi_variants.py out of Unihan. Do not edit.
#include "hanzi/variants.h"

namespace qunying::hanzi_variants {{
namespace {{
constexpr Pair pair_data[] = {{
{rows((f"{{{c},{pairs[c]}}}" for c in sorted(pairs)), 12)}}};
}}  // namespace

const std::span<const Pair> pairs = pair_data;
}}  // namespace qunying::hanzi_variants
"""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

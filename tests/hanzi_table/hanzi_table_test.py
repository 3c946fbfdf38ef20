"""Tests of scripts/hanzi_table.py on small made-up data: what it derives, and that it stops when data changed."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "scripts"))
import hanzi_table as table  # noqa: E402


class Strokes(unittest.TestCase):
    def test_longest_ascending_leaves_out_the_one_that_contradicts(self):
        self.assertEqual(table.longest_ascending([1, 2, 9, 3, 3, 4]), {0, 1, 3, 4, 5})
        self.assertEqual(table.longest_ascending([]), set())

    def test_a_count_that_contradicts_the_neighbours_is_the_predecessors(self):
        # b is counted as its traditional form
        counts = table.level_counts("abcd", {}, {"a": 9, "b": 15, "c": 9, "d": 10})
        self.assertEqual(counts, [9, 9, 9, 10])

    def test_a_missing_sequence_is_the_predecessors(self):
        keys = table.level_keys("abc", {"a": (1, 1), "c": (1, 2)}, {"b": 2})
        self.assertEqual(keys["b"], (2, (1, 1)))

    def test_the_first_of_a_count_takes_the_successors(self):
        keys = table.level_keys("abc", {"a": (5,), "c": (3, 5)}, {"b": 2})
        self.assertEqual(keys["b"], (2, (3, 5)))
        self.assertEqual(table.level_keys("ab", {"a": (5,)}, {"b": 2})["b"], (2, ()))

    def test_radical_index(self):
        self.assertEqual(table.radical_index("149'.8"), (149, 1, 8))
        self.assertEqual(table.radical_index("47.-1"), (47, 0, -1))


class Readings(unittest.TestCase):
    def test_the_norm_corrects_the_usual_reading(self):
        self.assertEqual(table.readings_of(["héng"], ["háng"]), ["héng", "háng"])
        self.assertEqual(table.readings_of(["lè", "yuè"], ["lè"]), ["lè", "yuè"])

    def test_a_neutral_tone_is_never_the_first(self):
        self.assertEqual(table.readings_of(["le", "liǎo"], ["le"]), ["liǎo", "le"])
        self.assertEqual(table.readings_of(["zǐ"], ["zi"]), ["zǐ", "zi"])

    def test_official_readings(self):
        self.assertEqual(table.official_readings("482.140:zhòu 483.020:zhōu,zhú"), ["zhòu", "zhōu", "zhú"])


class ChangedData(unittest.TestCase):
    def stops(self, saying, function, *arguments):
        with self.assertRaises(SystemExit) as stopped:
            function(*arguments)
        self.assertIn(saying, str(stopped.exception))

    def test_sequences_that_contradict_the_official_order(self):
        characters = [chr(0x4E00 + i) for i in range(3500)]
        right = {c: (1,) * 4 + ((2,) if i else ()) for i, c in enumerate(characters)}
        self.assertEqual(len(table.trusted_sequences(characters, right, 0)), 3500)
        wrong = dict(right) | {characters[7]: (1,)}
        self.stops("contradict", table.trusted_sequences, characters, wrong, 0)
        del right[characters[7]]
        self.stops("only 3499", table.trusted_sequences, characters, right, 0)

    def test_places_that_are_not_8105(self):
        self.stops("kTGH", table.order_characters, {0x4E00: 1, 0x4E01: 3}, {}, {}, {})

    def test_a_package_without_the_table(self):
        with tempfile.TemporaryDirectory() as folder:
            self.stops("npm ci", table.read_sequences, folder)
            path = os.path.join(folder, "cnchar.order.min.js")
            for text, saying in (("nothing", "no table"), ("JSON.parse('{\"一\":\"z\"}')", "another one")):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                self.stops(saying, table.read_sequences, folder)

    def test_letters_that_are_none(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "cnchar.order.min.js"), "w", encoding="utf-8") as file:
                file.write("JSON.parse('{\"一\":\"j\",\"丁\":\"jg\",\"丂\":\"j1\"}')")
            self.stops("not a letter", table.read_sequences, folder)

    def test_missing_unihan(self):
        with tempfile.TemporaryDirectory() as folder:
            self.stops("apt-get install unicode-data", table.read_unihan, folder, "Readings", ["kMandarin"])

    def test_unihan_may_be_plain_text(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "Unihan_Readings.txt"), "w", encoding="utf-8") as file:
                file.write("# comment\n\nU+4E00\tkMandarin\tyī\nU+4E00\tkTang\tqit\n")
            self.assertEqual(table.read_unihan(folder, "Readings", ["kMandarin"]), [{0x4E00: "yī"}])


if __name__ == "__main__":
    unittest.main()

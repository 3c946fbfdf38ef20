"""The guard itself: that it fails when a count exceeds its ceiling, and says by how much."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import guard  # noqa: E402

COUNTED = {
    "cold": {"instructions": 1000, "allocations": 200, "rendered": 30, "written": 40},
    "unchanged": {"instructions": 100, "allocations": 20, "rendered": 0, "written": 0},
    "each further person": {"instructions": 10, "allocations": 2},
    "growth": {"instructions": 2.0, "allocations": 2.0},
}


def changed(work, what, count):
    return {**COUNTED, work: {**COUNTED[work], what: count}}


class Complaints(unittest.TestCase):
    def setUp(self):
        self.ceilings = guard.ceilings_for(COUNTED)

    def found(self, counted):
        return guard.complaints(counted, self.ceilings)

    def test_what_was_measured_is_below_its_own_ceilings(self):
        self.assertEqual(self.found(COUNTED), [])

    def test_within_the_headroom_is_allowed(self):
        self.assertEqual(self.found(changed("cold", "instructions", 1100)), [])
        self.assertEqual(self.found(changed("cold", "allocations", 210)), [])

    def test_one_above_the_ceiling_is_named_with_its_excess(self):
        self.assertEqual(self.found(changed("cold", "instructions", 1320)),
                         ["cold: 1,320 instructions; the ceiling is 1,100 (20.0 % more)"])
        self.assertEqual(len(self.found(changed("cold", "instructions", 1101))), 1)
        self.assertEqual(len(self.found(changed("cold", "allocations", 211))), 1)
        self.assertEqual(len(self.found(changed("each further person", "instructions", 12))), 1)

    def test_pages_and_files_have_no_headroom(self):
        self.assertEqual(len(self.found(changed("cold", "rendered", 31))), 1)
        self.assertEqual(len(self.found(changed("cold", "written", 41))), 1)

    def test_a_build_that_shall_do_nothing_may_not_do_one_thing(self):
        self.assertEqual(self.found(changed("unchanged", "rendered", 1)),
                         ["unchanged: 1 rendered; the ceiling is 0 (none is allowed)"])

    def test_growth_beyond_linear_is_found(self):
        self.assertEqual(self.found(changed("growth", "instructions", 2.1)), [])
        self.assertEqual(len(self.found(changed("growth", "instructions", 2.2))), 1)
        self.assertEqual(len(self.found(changed("growth", "allocations", 4.0))), 1)

    def test_a_count_without_a_ceiling_is_found(self):
        del self.ceilings["unchanged"]["allocations"]
        self.assertEqual(self.found(COUNTED), ["unchanged: no ceiling for allocations (20)"])


if __name__ == "__main__":
    unittest.main()

"""Browser tests that failed when the day's work was brought together, and were not looked into: open, not mended.

The list may only shrink. Each still runs; what passes is to be taken out.
"""

NOT_MENDED = (
    "test_cold.py::test_the_floor_comes_in_at_most_eight_pieces",
    "test_forced_colours.py::test_what_is_on_looks_different",
    "test_hand.py::test_an_owner_is_asked_before_a_link_is_gone",
    "test_old_browsers.py::",
    "test_outage.py::test_a_draft_survives_a_drop",
    "test_portal.py::",
)

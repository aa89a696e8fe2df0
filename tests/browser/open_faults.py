"""Browser tests that failed when the day's work was brought together, and were not looked into: open, not mended.

The list may only shrink. Each still runs; what passes is to be taken out.
"""

NOT_MENDED = (
    "test_hand.py::test_an_owner_is_asked_before_a_link_is_gone",
    "test_old_browsers.py::test_an_old_browser_shows_the_same_picture",
    "test_old_browsers.py::test_four_people_with_old_browsers",
)

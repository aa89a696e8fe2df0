"""Browser tests whose fault was mended, or that are new, and that no machine was free to run since.

The list may only shrink. Each still runs; what passes is to be taken out, and with the last one this file and its hook
in tests/conftest.py.
"""

NOT_MENDED = (
    "test_hand.py::test_an_owner_is_asked_before_a_link_is_gone",
    "test_hand.py::test_what_a_desk_asks_by_itself",
    "test_hand.py::test_what_is_opened_while_a_phone_asks",
    "test_old_browsers.py::test_an_old_browser_shows_the_same_picture",
    "test_old_browsers.py::test_four_people_with_old_browsers",
    "test_stay_awake.py::",
    "test_wall_geometry.py::test_a_wall_that_was_pushed_to",
    "test_wall_matrix.py::test_a_screen_four_times_as_fine",
)

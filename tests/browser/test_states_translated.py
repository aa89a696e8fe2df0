"""Every state in a longer language, and in one from right to left: all translated, nothing cut, nothing over another."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.views.languages import PSEUDO, PSEUDO_FROM_THE_RIGHT
from tests.browser.every_state import STATES
from tests.browser.furnished import furnish_everything
from tests.browser.layout import faults
from tests.browser.states import State
from tests.browser.test_states import PHONE, opens, screens, serving
from tests.pseudo_language.unmarked import unmarked
from tests.running import Running

__all__ = ["opens", "screens"]

OF_AN_EVENT = [state for state in STATES if state.name not in {"docs", "no such page"}]
"""What belongs to no event is in no event's language; `tests/pseudo_language/test_refusals.py` has it."""


@pytest.fixture(scope="module", params=[PSEUDO, PSEUDO_FROM_THE_RIGHT])
def translated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    for running in serving(tmp_path_factory.mktemp("translated")):
        yield furnish_everything(running, request.param)


@pytest.mark.parametrize("state", OF_AN_EVENT, ids=str)
def test_every_state_has_room_and_is_translated(translated: Running, opens: Any, state: State) -> None:
    page = opens(translated, state)
    # Which cards of a wall or an overlay are shown, and where, is held by test_wall_geometry and test_overlay.
    seen = [
        fault for fault in faults(page) if not any(one in fault for one in ("div#posts.wall-posts", "div#posts.ticker"))
    ]
    found = {"not translated": unmarked(page.content()), "at its size": seen}
    if not state.name.startswith("wall"):
        page.set_viewport_size(PHONE)
        found["on a phone"] = faults(page)
    assert {where: what for where, what in found.items() if what} == {}


def test_from_right_to_left_the_page_turns(translated: Running, opens: Any) -> None:
    """What stands first in a line stands at the side where one begins to read."""
    turned = translated.do(lambda db: db.get_one(type(translated.event), translated.event.id).language) != PSEUDO
    desk = opens(translated, next(state for state in STATES if state.name == "desk"))
    assert desk.locator("html").get_attribute("dir") == ("rtl" if turned else "ltr")
    for first, second in ((".desk-side", ".desk-queue"), (".desk-queue", ".desk-stage"), (".avatar", ".byline")):
        one, other = (desk.locator(what).first.bounding_box() for what in (first, second))
        assert one is not None
        assert other is not None
        assert (one["x"] > other["x"]) is turned, first

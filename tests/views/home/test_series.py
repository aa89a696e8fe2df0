"""Series are founded and entered from the front page; what is refused loses nothing that was typed."""

import pytest

from app.actions.events import create_event
from app.queries.series import all_series
from tests.conftest import NOON
from tests.views.home.homes import Home, home
from tests.views.site import value

__all__ = ["home"]
FACTS = {
    "series_name": "Tea chat", "series_slug": "tea", "series_hashtags": "#teachat", "first_on": "2030-01-01",
    "begins": "20:00", "about": "For all", "series_listed": "true",
}  # fmt: skip


def test_it_is_founded_listed_and_entered(home: Home) -> None:
    home.opens()
    page = home.post("/series", **FACTS)
    assert page.url.path == "/"
    assert 'id="series-tea"' in page.text
    # Patterns and what comes stand with their series, not among the events.
    assert 'id="event-tea' not in page.text
    assert home.post("/series/tea/entry").url.path == "/s/tea/setup"
    assert 'href="/s/tea"' in home.stranger().get("/").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"series_name": " "}, "needs a name"),
        ({"series_slug": "no address"}, "only the letters"),
        ({"begins": "late"}, "not a time"),
        ({"first_on": ""}, "on which day"),
        ({"series_zone": "Mars/Base"}, "not a time zone"),
        ({"series_like": "nowhere"}, "to copy"),
        ({"minutes": "1"}, "5 minutes"),
    ],
)
def test_a_refused_series_is_not_made(home: Home, wrong: dict[str, str], said: str) -> None:
    home.opens()
    answer = home.post("/series", **{**FACTS, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert value(answer.text, "about") == "For all"
    assert home.ask(all_series, NOON) == []


def test_its_look_is_that_of_another_event(home: Home) -> None:
    home.opens()
    home.do(create_event, "box10", name="Box 10", hashtags=[], accent="plum", at=NOON)
    home.post("/series", **FACTS, series_like="box10")
    (found,) = home.ask(all_series, NOON)
    assert {found.pattern.accent, *(one.event.accent for one in found.coming)} == {"plum"}

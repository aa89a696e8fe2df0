"""Pictures of the pages around an event: home, a programme from a file, what is asked and refused, an incident."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from app.actions.home_links import give_home_link
from bench.screen_states import LAPTOP, PHONE, SCREENS, Album, Place
from tests.browser.every_state import STATES
from tests.browser.states import State

PICTURED = (
    "programme", "remote", "screens", "incident", "look", "docs", "no such page", "no right", "setup,", "stage, past",
)  # fmt: skip
PICTURED_TOO = {
    "desk, reasons", "desk, chosen", "desk, closed", "desk, refused", "desk, link revoked",
    "floor, in need", "floor, too long", "floor, withdraws from the stage", "floor, closed",
}  # fmt: skip
HALL = "r/lifeboat-hall"
"""Of two halls a phone says first in which it is."""


def home(album: Album, place: Place) -> None:
    """What who holds a home link begins with, and what everybody else sees there."""
    running = place.running
    token = running.do(give_home_link, at=datetime.now(UTC), label="Asha").token
    own = f"{running.url}/?key={token}"
    album.take("home", own, LAPTOP)
    album.take("home-on-a-phone", own, PHONE)
    album.take("home-dark", own, LAPTOP, color_scheme="dark")
    album.take("home-deletion", own, LAPTOP, lambda page: page.goto(f"{running.url}/events/box10/deletion"))
    album.take("home-of-a-visitor", running.url, LAPTOP)
    album.take("home-of-a-visitor-on-a-phone", running.url, PHONE)


def pages(album: Album, place: Place) -> None:
    """States that tests look at with axe, as pictures."""
    of_event = replace(place.running, event=place.event)
    for state in STATES:
        if state.name.startswith(PICTURED) or state.name in PICTURED_TOO:
            there = replace(state, path=state.path or HALL)
            album.take(_named(state), place.url(state.role), _size(state), partial(there.enter, of_event))


def _named(state: State) -> str:
    return state.name.replace(", ", "-").replace(" ", "-")


def _size(state: State) -> tuple[int, int]:
    return (
        PHONE
        if state.name.startswith("remote") or (state.role is None and not state.name.startswith("docs"))
        else next((size for role, size, _ in SCREENS.values() if role is state.role), LAPTOP)
    )

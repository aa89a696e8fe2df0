"""Programs of `bench/` say which parts they have, and refuse others; what is to be pictured is there."""

import argparse

import pytest

from app.demo.conference import known
from app.domain.room import room_key
from bench.only import chosen
from bench.screen_pages import HALL, PICTURED, PICTURED_TOO
from tests.browser.every_state import STATES

PARTS = ("anchors", "storm50", "idle")


def test_parts_come_in_the_order_of_the_program_whatever_was_typed() -> None:
    assert chosen(PARTS)("idle, anchors") == ["anchors", "idle"]


@pytest.mark.parametrize("typed", ["storm", "anchors,storm", "", ","])
def test_what_a_program_does_not_have_is_refused_with_what_it_has(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="anchors, storm50, idle"):
        chosen(PARTS)(typed)


def test_every_state_that_is_to_be_pictured_is_there_and_so_is_the_hall_in_which_its_phones_are() -> None:
    names = {state.name for state in STATES}
    assert PICTURED_TOO - names == set()
    assert [start for start in PICTURED if not any(name.startswith(start) for name in names)] == []
    assert HALL in {f"r/{room_key(talk['room'], ())}" for talk in known()["talks"]}

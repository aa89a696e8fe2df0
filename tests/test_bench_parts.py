"""Programs of `bench/` say which parts they have, and refuse others."""

import argparse

import pytest

from bench.only import chosen

PARTS = ("anchors", "storm50", "idle")


def test_parts_come_in_the_order_of_the_program_whatever_was_typed() -> None:
    assert chosen(PARTS)("idle, anchors") == ["anchors", "idle"]


@pytest.mark.parametrize("typed", ["storm", "anchors,storm", "", ","])
def test_what_a_program_does_not_have_is_refused_with_what_it_has(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="anchors, storm50, idle"):
        chosen(PARTS)(typed)

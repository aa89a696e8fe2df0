"""Rules: which can be, and how a change is said in words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.policy import Mode, Policy
from app.domain.policy_settings import BadPolicy, checked, entries
from app.domain.screening import screen
from app.domain.screening.surroundings import Surroundings
from tests.conftest import incoming

SOURCES = ("x", "floor", "replay")


def test_one_entry_a_line_or_with_commas_each_once() -> None:
    assert entries("@nia\n omar ,@nia,\n", "@") == ("nia", "omar")
    assert checked(Policy(allowed_hosts=("https://www.example.org/x",)), SOURCES).allowed_hosts == ("www.example.org",)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"mode": "chaos"}, "no mode"),
        ({"source_modes": (("telex", "wait"),)}, "no source"),
        ({"delay_seconds": 2}, "between 5 and 600"),
        ({"good_record": 0}, "between 1 and 20"),
        ({"preset": "lax"}, "no preset"),
        ({"levels": (("weather", "hold"),)}, "cannot be set"),
        ({"levels": (("self_harm", "hide"),)}, "never hidden"),
        ({"banned_words": ("*",)}, "match everything"),
        ({"watched_words": ("x" * 101,)}, "longer than 100"),
        ({"trusted": tuple(map(str, range(2_001)))}, "At most 2000"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_a_sentence(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(BadPolicy, match=words):
        checked(Policy(**facts), SOURCES)


@given(st.text(max_size=200), st.sampled_from(list(Mode)), st.sampled_from(["strict", "standard", "relaxed"]))
@settings(max_examples=60, deadline=None)
def test_the_same_text_and_rules_give_the_same_signals(text: str, mode: Mode, preset: str) -> None:
    one, other = (Policy(mode=mode, preset=preset, banned_words=("crypto",)) for _ in range(2))
    assert one.version == other.version
    assert Policy.from_json(one.as_json()) == one
    assert screen(incoming(text), one, Surroundings()) == screen(incoming(text), other, Surroundings())

"""When a desk is left, and which alarms can be."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alarms import Alarms, BadAlarms, wrong
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("waited", "present", "said"),
    [
        (None, False, ""),
        (119, False, ""),
        (120, False, "nobody"),
        (299, True, ""),
        (300, True, "waiting"),
        (600, False, "nobody"),
    ],
)
def test_what_is_wrong(waited: int | None, present: bool, said: str) -> None:
    since = None if waited is None else NOON - timedelta(seconds=waited)
    assert wrong(Alarms(), waiting_since=since, present=present, at=NOON) == said


@pytest.mark.parametrize(
    "facts",
    [
        {"wait_seconds": 5},
        {"nobody_seconds": 10**6},
        {"fallback": "panic"},
        {"ntfy": "ftp://x"},
        {"email": ("nobody",)},
    ],
)
def test_alarms_that_cannot_be_are_refused_with_a_sentence(facts: dict[str, Any]) -> None:
    with pytest.raises(BadAlarms, match=r"\w+ \w+"):
        Alarms(**facts).checked()


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_stored_alarms_of_another_version_are_read(stored: dict[str, Any]) -> None:
    alarms = Alarms.from_json({**stored, **Alarms(wait_seconds=60).as_json()})
    assert alarms == Alarms(wait_seconds=60)

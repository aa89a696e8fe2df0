"""Venting about people in care is a nudge; being tired or angry is not venting."""

import pytest

from app.domain.screening.checks import venting
from app.domain.verdict import Level
from tests.domain.screening.checks.telling import told


@pytest.mark.parametrize(
    "text",
    [
        "my morning clients are all so thick lol",
        "the woman in bed 3 is a nightmare, never again",
        "another timewaster in clinic, give me strength",
        "our residents moan about everything 🙄",
    ],
)
def test_venting_about_people_in_care_is_a_nudge(text: str) -> None:
    assert [signal.level for signal in told(venting.check, text)] == [Level.NUDGE]


@pytest.mark.parametrize(
    "text",
    [
        "I am exhausted and nobody listens",
        "Please stop calling patients difficult",
        "The rota is a nightmare",
        "Our families deserve better",
        "I love my clients",
        "The minister was useless",
    ],
)
def test_being_tired_or_angry_is_not_venting(text: str) -> None:
    assert told(venting.check, text) == []

"""Somebody in danger is held kindly; speaking about it is what these events are for."""

import pytest

from app.domain.screening.checks import care
from app.domain.verdict import Level
from tests.domain.screening.checks.telling import told


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "I can't go on any more",
        "I'm feeling suicidal tonight",
        "everyone would be better off without me",
        "my son says he wants to die",
    ],
)
def test_somebody_in_danger_is_held_kindly(text: str) -> None:
    [signal] = told(care.check, text)
    assert (signal.category, signal.level) == ("self_harm", Level.HOLD)
    assert "person gets in touch" in signal.explanation


@pytest.mark.parametrize(
    "text",
    [
        "Dwi ddim isio byw dim mwy, sori",
        "Nie chce mi się już żyć, nikt mnie nie słucha",
        "NIE CHCE ZYC",
        "میں اب جینا نہیں چاہتا",
        "أنا تعبت، لا أُريدُ أن أَعيش",
        "main ab jeena nahi chahti",
    ],
)
def test_somebody_in_danger_is_heard_in_other_languages(text: str) -> None:
    [signal] = told(care.check, text)
    assert (signal.category, signal.level) == ("self_harm", Level.HOLD)
    assert all(0 <= start < end <= len(text) for start, end in signal.spans)


@pytest.mark.parametrize(
    "text",
    [
        "Atal hunanladdiad: sesiwn yn ystafell 2",
        "Chcę żyć dłużej i zdrowiej, dziękuję za wykład",
        "خودکشی کی روک تھام پر سیشن",
        "الوقاية من الانتحار، القاعة الثانية",
        "Suicide prevention is everybody's business",
        "Ask patients directly about self-harm",
        "I tried to end my life in 2009 and peer support is why I am in recovery",
        "I want to die, this wifi is so slow lol",
        "People want to die at home, so fund it",
        "Samaritans 116 123, day or night",
    ],
)
def test_speaking_about_it_is_what_these_events_are_for(text: str) -> None:
    assert told(care.check, text) == []

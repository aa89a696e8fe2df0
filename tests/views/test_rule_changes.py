"""What changed in the rules is said in words: no key of ours, no raw value, whatever was changed."""

import re
from dataclasses import dataclass, fields
from typing import Any

import pytest

from app.domain.network import Networks
from app.domain.policy import Policy
from app.sources.networks import NETWORKS
from app.views.languages import PSEUDO
from app.views.rule_changes import difference
from app.views.translation import say, speaking
from tests.pseudo_language.unmarked import unmarked

BEFORE = Policy(trusted=("omar",))
CHANGES: dict[str, tuple[Any, str]] = {
    "mode": ("pass", "What happens to clean posts: Everything waits → Clean posts pass at once"),
    "source_modes": ((("floor", "delay"),), "From the room: Clean posts show themselves after a while"),
    "delay_seconds": (60, "The while: 30 seconds → 60 seconds"),
    "good_record": (1, "A good record: 2 approved posts → 1 approved post"),
    "speakers_pass": (False, "Speakers of the programme are trusted: on → off"),
    "second_person": (False, "A second person for personal data: on → off"),
    "welfare": ("Room 4", "Whom to call about somebody who may need help: nothing → “Room 4”"),
    "preset": ("strict", "How strict: standard → strict"),
    "levels": ((("abuse", "hide"),), "Doubts with a rule of their own: Abuse: hidden"),
    "language": ("cy", "Language of the posts: English → English"),
    "trusted": (("nia",), "1 added, 1 removed"),
}


@dataclass(frozen=True)
class Pseudo:
    language: str = PSEUDO
    zone: str = "Europe/London"


RAW = re.compile(r"_|True|False|None|[+−]\d|[{}\[\]']")


def said(**changed: Any) -> list[str]:
    return list(map(str, difference(BEFORE, Policy(**{"trusted": ("omar",), **changed}), Networks(NETWORKS).label)))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_said_in_words(name: str) -> None:
    value, words = CHANGES[name]
    (line,) = said(**{name: value})
    assert words in line


@pytest.mark.parametrize("name", [field.name for field in fields(Policy)])
def test_no_setting_shows_its_key_or_a_raw_value(name: str) -> None:
    value = CHANGES[name][0] if name in CHANGES else ("a word", "another")
    (line,) = said(**{name: value})
    assert not RAW.search(line), line
    with speaking(Pseudo()):
        translated = say(difference(BEFORE, Policy(**{"trusted": ("omar",), name: value}), Networks(NETWORKS).label)[0])
    kept = {"welfare": "Room 4", "language": "English"}.get(name, "")
    assert unmarked(f"<p>{translated.replace(kept, '')}</p>") == []


def test_what_was_taken_back_is_said_too() -> None:
    back = difference(Policy(levels=(("abuse", "hide"),), welfare="Room 4"), Policy(), Networks(NETWORKS).label)
    assert [str(line) for line in back] == [
        "Whom to call about somebody who may need help: “Room 4” → nothing",
        "Doubts with a rule of their own: none of their own",
    ]

"""What the heads read of a text, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.policy import Policy
from app.domain.screening.checks.abuse import bad_by_chance
from app.domain.screening.heads import words
from app.domain.screening.heads.scores_and_thresholds import judge
from app.domain.screening.reading.normal import views
from app.domain.verdict import Level
from tests.conftest import reading

LETTERS = st.text(st.sampled_from("aBé ñ0o1l!?’'#@./:-*…“”😀ｗ\u200bİ"), max_size=80)


@given(st.one_of(LETTERS, st.text(max_size=200)))
def test_every_word_has_its_place_in_the_text(text: str) -> None:
    read = views(text)
    found, places = words.texts(read), words.places(read)
    assert len(found) == len(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_whose_name_it_is_makes_no_difference() -> None:
    assert words.kind("Margaret") == words.kind("Mohammed") == "=Name"
    assert words.kind("margaret") == "=name"
    one, other = (words.pairs(words.texts(views(f"sat with {name} again"))) for name in ("Doreen", "Aisha"))
    assert one == other


@pytest.mark.parametrize("other", ["https://stupid.example/idiot", "www.idiot.example"])
def test_links_are_read_as_links(other: str) -> None:
    assert words.pieces("https://a.example") == words.pieces(other)
    assert words.pieces("@somebody") == words.pieces("@idiot")


def test_capitals_of_the_writer_are_kept_where_nothing_is_disguised() -> None:
    assert words.texts(views("Ask Jo WHY?!")) == ["Ask", "Jo", "WHY", "?!"]
    assert words.texts(views("you 1d10t")) == ["you", "idiot"]


SAID_OF_THINGS = (
    "We talked about {} over lunch today", "My favourite slide was the one with the {}", "{}",
    "Thanks to everyone who asked about {}, slides are on the website now",
)  # fmt: skip


@pytest.mark.parametrize("said", SAID_OF_THINGS)
def test_no_word_that_holds_a_bad_one_by_chance_is_held_for_it(said: str) -> None:
    attacks = {"abuse", "identity_attack", "threat", "sexual"}
    for word in bad_by_chance():
        signals = judge(reading(said.format(word)), Policy(), []).signals
        assert not any(one.category in attacks and one.level is not Level.NUDGE for one in signals), word

"""What follows from what the reader found: more signals and final scores, and never less than was said before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.incoming import Byline, Photo, Quoted
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.heads.scores_and_thresholds import TOLD
from app.domain.screening.reader.combining import found_in, shipped, texts_to_read, until_read, with_reader
from app.domain.screening.ruling import ORDER, level_of
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Ruling, Verdict
from tests.conftest import incoming, reading
from tests.domain.screening.heads.test_scores_and_thresholds import POSTS, PRESETS

HEADS = sorted({name for head in shipped() for name in head.witness})
ODDS = st.fixed_dictionaries({name: st.floats(-15, 15) for name in HEADS})
CATEGORY = {"person": "privacy", "care": "self_harm"}


def ruled(text: str, policy: Policy) -> Ruling:
    return screen(incoming(text), policy, Surroundings())


@settings(max_examples=80)
@given(POSTS, ODDS, st.sampled_from(PRESETS))
def test_it_only_ever_raises(text: str, odds: dict[str, float], preset: str) -> None:
    policy = Policy(preset=preset, mode="pass")
    before = ruled(text, policy)
    after = with_reader(before, reading(text), policy, odds)
    assert after.signals[: len(before.signals)] == before.signals
    assert ORDER.index(level_of(after.signals)) >= ORDER.index(level_of(before.signals))
    if before.verdict is not Verdict.APPROVED:
        assert after.verdict is before.verdict
    assert set(after.scores) == set(TOLD)
    assert all(0 <= score <= 1 for score in after.scores.values())
    for signal in after.signals:
        assert all(0 <= start < end <= len(text) for start, end in signal.spans)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("preset", PRESETS)
def test_what_it_is_sure_of_it_says(head: str, preset: str) -> None:
    text = "Something that all of the rules and words take for harmless"
    odds = {name: 400.0 if name == head else -4.0 for name in HEADS}
    after = with_reader(ruled(text, Policy(preset=preset)), reading(text), Policy(preset=preset), odds)
    said = [signal for signal in after.signals if signal.category == CATEGORY.get(head, head)]
    assert said
    assert all(signal.spans for signal in said)


@settings(max_examples=40)
@given(POSTS, st.sampled_from(HEADS), ODDS)
def test_what_it_finds_more_likely_never_scores_lower(text: str, head: str, odds: dict[str, float]) -> None:
    before = ruled(text, Policy())
    less, more = (
        with_reader(before, reading(text), Policy(), odds | {head: odds[head] + step}).scores for step in (0, 3)
    )
    assert all(more[name] >= less[name] for name in TOLD)


@pytest.mark.parametrize("text", ["😀👍🏿", "#conf26 @nia", "♿"])
def test_what_holds_no_prose_is_not_read(text: str) -> None:
    assert texts_to_read(reading(text)) == {}
    before = ruled(text, Policy())
    assert with_reader(before, reading(text), Policy(), dict.fromkeys(HEADS, 40.0)).signals == before.signals


def test_what_stands_beside_a_text_is_read_too() -> None:
    post = incoming(
        "Hello there", quote=Quoted(True, Byline("nia", "Nia Rees"), "quoted words"), photos=(Photo("", "a bridge"),)
    )
    read = reading("Hello there", quote=post.quote, photos=post.photos)
    given = texts_to_read(read)
    assert sorted(given.values()) == ["Hello there", "a bridge", "quoted words"]
    calm, sure = dict.fromkeys(HEADS, -40.0), dict.fromkeys(HEADS, -40.0) | {"abuse": 40.0}
    found = found_in({key: sure if text == "quoted words" else calm for key, text in given.items()})
    after = with_reader(screen(post, Policy(), Surroundings()), read, Policy(), found)
    assert {signal.field for signal in after.signals if signal.category == "abuse"} == {"quote"}
    assert after.scores["abuse"] > 0.9


def test_where_it_has_not_read_nothing_changes() -> None:
    before = ruled("you stupid idiot", Policy())
    after = with_reader(before, reading("you stupid idiot"), Policy(), {})
    assert (after.signals, after.scores) == (before.signals, before.scores)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_what_would_pass_waits_to_be_read(verdict: Verdict) -> None:
    after = until_read(Ruling(verdict))
    assert after.passes_when_read is (verdict is Verdict.APPROVED)
    assert after.verdict is (Verdict.HELD if verdict is Verdict.APPROVED else verdict)

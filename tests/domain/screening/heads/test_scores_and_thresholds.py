"""What the heads say of a post: scores always, signals from a threshold on, and never more than is in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.incoming import Photo, Quoted
from app.domain.masking import covered
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.heads import words as read_words
from app.domain.screening.heads.model import shipped
from app.domain.screening.heads.scores_and_thresholds import (
    NOBODY_NAMED,
    TOLD,
    WITNESSES,
    carriers,
    judge,
    raised,
)
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal, Verdict
from tests.conftest import incoming, reading

PIECES = [
    "my client Doreen ", "fell again ", "nobody came ", "you stupid idiot ", "I can't see the point any more ", "Who pays for it? ",
    "turn 200 into 9000, link in bio ", "thick patients lol ", "great talk ", "y0u 1d10t ", "😀 ", "\u200b", "#conf26 ", "é’s ",
]  # fmt: skip
POSTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.text(max_size=200))
PRESETS = ("relaxed", "standard", "strict")
LEVELS = list(Level)


@settings(max_examples=60)
@given(POSTS)
def test_every_post_has_every_score_and_every_span_lies_within(text: str) -> None:
    ruling = screen(incoming(text), Policy(), Surroundings())
    assert set(ruling.scores) == set(TOLD)
    assert all(0 <= score <= 1 for score in ruling.scores.values())
    for signal in ruling.signals:
        assert all(0 <= start < end <= len(text) for start, end in signal.spans)


@settings(max_examples=40)
@given(POSTS)
def test_the_same_post_has_the_same_scores(text: str) -> None:
    assert judge(reading(text), Policy(), []) == judge(reading(text), Policy(), [])


@settings(max_examples=40)
@given(POSTS, st.sampled_from([(head, code) for head, codes in WITNESSES.items() for code in codes]))
def test_a_witness_never_speaks_against(text: str, said: tuple[str, str]) -> None:
    head, code = said
    category = {"care": "self_harm", "person": "privacy"}.get(head, head)
    level = Level.NOTE if head == "question" else Level.NUDGE
    seen = Signal(code, category, level, "It was seen.", 0.0)
    before, after = (judge(reading(text), Policy(), found).scores for found in ([], [seen]))
    name = "privacy" if head == "person" else head
    assert after[name] >= before[name]


@pytest.mark.parametrize(
    "text", ["I cannot see the point of it any more", "the end of the day is the end of me", "the of a"]
)
def test_words_that_say_nothing_are_marked_only_where_nothing_else_stands(text: str) -> None:
    read = reading(text)
    said = read_words.texts(read.views)
    for place in range(len(shipped().heads)):
        spans, _ = carriers(shipped(), place, read, said)
        assert spans
        marked = {text[start:end].lower() for start, end in spans}
        assert text == "the of a" or not marked & {"the", "of", "a", "it", "is"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "She asked everyone who has been a patient on ward nine to stand, and two had been left in the corridor",
            False,
        ),
        ("I sat with Dilys Pugh on ward nine after her second stroke, she had been left in the corridor", True),
        (
            "Two of everyone on #WardNineTwo26 and @dilys_pugh said mark the rose, she was left in the corridor again",
            False,
        ),
    ],
)
def test_a_name_is_said_to_be_one_and_covered_only_where_one_stands(text: str, named: bool) -> None:
    model, read = shipped(), reading(text)
    place = model.names.index("person")
    said = read_words.texts(read.views)
    signal = raised(model, place, 3.0, Level.HOLD, read, said, [])
    assert signal is not None
    assert ("who is named" in str(signal.explanation)) is named
    assert signal.code == ("person-in-care" if named else NOBODY_NAMED)
    hidden = covered(text, [signal.as_json()])
    assert hidden == (text.replace("Dilys Pugh", "••••• ••••") if named else text)


@settings(max_examples=40)
@given(POSTS)
def test_a_stricter_rule_says_no_less_of_anything(text: str) -> None:
    """By category: where it says more ("a person in care" for "personal data"), the lesser reason is not said too."""
    relaxed, standard, strict = (_worst(text, preset) for preset in PRESETS)
    for lax, stern in ((relaxed, standard), (standard, strict)):
        assert all(
            LEVELS.index(stern.get(category, Level.NOTE)) >= LEVELS.index(level) for category, level in lax.items()
        )
        assert lax.keys() <= stern.keys()


def _worst(text: str, preset: str) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for signal in judge(reading(text), Policy(preset=preset), []).signals:
        found[signal.category] = max(found.get(signal.category, Level.NOTE), signal.level, key=LEVELS.index)
    return found


def test_thresholds_of_the_presets_are_in_order() -> None:
    for head in shipped().heads:
        levels = [head.levels[preset] for preset in PRESETS]
        assert all(nudge <= hold for nudge, hold in levels), head.name
        assert levels == sorted(levels, reverse=True), head.name
        assert head.slope > 0
        assert all(weight >= 0 for weight in head.witness.values())


@pytest.mark.parametrize(
    "text",
    [
        "Lovely keynote this morning.", "Hello from row two", "She asked everyone in the room to stand", "Standing room only in room 3",
        "Looking forward to the panel", "Looking for the quiet room", "Standing ovation for the nurses", "Room 4 has moved to room 6",
        "Lovely keynote. #CloserToHome26 @gwenrees",
    ],
)  # fmt: skip
def test_a_short_post_is_no_attack_by_a_word_that_is_often_read_in_one(text: str) -> None:
    signals = judge(reading(text), Policy(), []).signals
    assert [signal for signal in signals if signal.level is not Level.NUDGE] == []


@pytest.mark.parametrize(
    "text",
    [
        "love to bend her over that lectern", "sit on my lap and tell me about your poster",
        "nice legs on the speaker, would love to see more of them", "that nurse can give me a bed bath any day",
    ],
)  # fmt: skip
def test_a_short_post_that_says_it_all_is_one(text: str) -> None:
    assert _worst(text, "standard")["sexual"] is Level.HOLD


def test_a_name_beside_a_number_is_covered_too_and_said_once() -> None:
    text = "Crisis team never rang. Stacey, 07700900147, two kids in the refuge, her ex has found the road"
    read, model = reading(text), shipped()
    said, place = read_words.texts(read.views), model.names.index("person")
    at = text.index("0")
    phone = Signal("phone", "privacy", Level.HOLD, "It contains a telephone number.", 0.9, ((at, at + 11),))
    signal = raised(model, place, 3.0, Level.HOLD, read, said, [phone])
    assert signal is not None
    assert [text[start:end] for start, end in signal.spans] == ["Stacey"]
    assert raised(model, place, 3.0, Level.HOLD, read, said, [phone, signal]) is None
    other = reading("Nobody rang on 07700900147 again, two kids in the refuge, they have found the road")
    assert raised(model, place, 3.0, Level.HOLD, other, read_words.texts(other.views), [phone]) is None


@pytest.mark.parametrize("head", ["person", "privacy"])
def test_no_part_of_a_tag_or_a_handle_is_marked_where_other_words_are(head: str) -> None:
    text = "Mum was left on a trolley for nine hours, thank you #CareInTheWinter26 @ward_nine_ldn"
    read = reading(text)
    spans, _ = carriers(shipped(), shipped().names.index(head), read, read_words.texts(read.views))
    assert spans
    assert all(end <= text.index("#") for _, end in spans)


CERTAIN = "shut up you stupid bitch nobody wants you"


@pytest.mark.parametrize(
    ("text", "policy", "verdict"),
    [
        (CERTAIN, Policy(), Verdict.REJECTED),
        (CERTAIN, Policy(preset="strict"), Verdict.REJECTED),
        (CERTAIN, Policy(preset="relaxed"), Verdict.HELD),
        (CERTAIN, Policy(levels=(("abuse", "hold"),)), Verdict.HELD),
        (f"{CERTAIN}, I want to die", Policy(), Verdict.HELD),
        (f"{CERTAIN}, I will kill you", Policy(), Verdict.HELD),
        (f"Question for the panel: what do you say to somebody who tells you {CERTAIN}?", Policy(), Verdict.HELD),
        ("Fucking brilliant talk, thank you", Policy(), Verdict.HELD),
        ("you stupid useless people, nobody wants you here", Policy(), Verdict.HELD),
    ],
)
def test_hidden_is_only_what_list_and_heads_are_sure_of_and_nobody_must_see(
    text: str, policy: Policy, verdict: Verdict
) -> None:
    assert screen(incoming(text), policy, Surroundings()).verdict is verdict


def test_nothing_is_hidden_that_stands_beside_what_must_be_seen() -> None:
    in_danger = "I cannot go on, I want to die"
    for post in (
        incoming(CERTAIN, quote=Quoted(True, None, in_danger)),
        incoming(CERTAIN, photos=(Photo("https://pictures.example/1.jpg", in_danger),)),
    ):
        assert screen(post, Policy(), Surroundings()).verdict is Verdict.HELD
    assert screen(incoming(CERTAIN, quote=Quoted(True, None, "Good morning")), Policy(), Surroundings()).verdict is (
        Verdict.REJECTED
    )


def test_what_somebody_quotes_hides_nothing() -> None:
    post = incoming("This is what we get every day", quote=Quoted(True, None, CERTAIN))
    assert screen(post, Policy(), Surroundings()).verdict is Verdict.HELD


def test_what_only_words_say_is_no_wall() -> None:
    rule = Signal("venting", "vent", Level.NUDGE, "A rule says so.", 0.6, ((0, 5),))
    [weighed] = judge(reading("Great talk on falls prevention, thank you"), Policy(), [rule]).signals
    assert weighed.level is Level.NOTE


@pytest.mark.parametrize("preset", PRESETS)
def test_somebody_who_may_need_help_is_held_and_never_hidden(preset: str) -> None:
    text = "I can't see the point of going home tonight, I don't want to be here any more"
    ruling = screen(incoming(text), Policy(preset=preset), Surroundings())
    assert {signal.level for signal in ruling.signals if signal.category == "self_harm"} == {Level.HOLD}


def test_of_a_person_in_care_the_name_is_marked() -> None:
    text = "sat with Doreen Marsh all night, she keeps asking for her late husband on the ward"
    read = reading(text)
    model = shipped()
    found = judge(read, Policy(preset="strict"), []).signals
    marked = [text[slice(*span)] for signal in found if signal.code == "person-in-care" for span in signal.spans]
    assert model.names.index("person") >= 0
    assert marked in ([], ["Doreen Marsh"])

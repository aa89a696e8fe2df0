"""The abuse model: what it holds, what it leaves alone, and what it says about it."""

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.demo.conference import day
from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.checks import abuse
from app.domain.screening.checks.abuse_model import shipped, unpacked
from app.domain.screening.reading import normal
from app.domain.screening.reading.ngrams import read, texts
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal
from tests.conftest import reading

WEIGHTS = files("app.domain.screening.checks") / "abuse_weights.bin"

UNKIND = [
    "you stupid idiot, get off the stage",
    "What an absolute moron, sit down",
    "the speaker is a pathetic loser",
    "fuck off you clueless muppet",
    "shut up you ugly cow",
    "this bastard has no brain",
]
CLEAN = [
    "Great session on rectal bleeding and when to refer",
    "Breast screening uptake is lowest in our poorest wards #WinterCare25",
    "How do you talk to men about sex after prostate cancer?",
    "Penile cancer is rare, but shame delays the diagnosis",
    "Suicide is the biggest killer of young men, we must talk about it",
    "Rape crisis services have lost a third of their funding",
    "Anal fissures and stool charts before lunch, thank you continence team",
    "Heroin substitution keeps people alive",
    "Abuse of staff at reception has to stop",
    "I disagree with the last speaker, the evidence is weak",
    "The wifi is awful and the coffee is worse",
]
BY_CHANCE = [
    "Hello from Scunthorpe, Essex and Middlesex",
    "The cockpit crew ran a bass class on assessment",
    "Swansea and Cockermouth send two nurses",
    "Dickens would have liked the shuttlecock final",
    "Niggle about the nigella seeds in the salad",
    "Titchfield and Titchmarsh gardens",
]
IDENTITIES = (
    "Muslim", "Jewish", "gay", "lesbian", "trans", "Black", "white", "disabled", "autistic", "deaf", "blind", "Polish",
    "Roma", "Irish Traveller", "elderly", "refugee", "queer", "Chinese", "Sikh", "Nigerian", "immigrant", "female",
)  # fmt: skip
NEUTRAL = (
    "I am {}",
    "Jo is a kind {} nurse",
    "Being {} is wonderful",
    "My colleague is {} and runs our ward",
    "What does good care look like for {} residents?",
)


def found(text: str) -> list[Signal]:
    return list(abuse.check(reading(text), Policy(), Surroundings()))


def without(text: str, signal: Signal) -> str:
    gone = {place for start, end in signal.spans for place in range(start, end)}
    return "".join(char for place, char in enumerate(text) if place not in gone)


@pytest.mark.parametrize("text", UNKIND)
def test_an_insult_is_held_with_the_words_that_carry_it(text: str) -> None:
    [signal] = found(text)
    assert (signal.code, signal.level) == ("abuse-model", Level.HOLD)
    assert text[slice(*signal.spans[0])] in signal.explanation
    assert 0 < signal.confidence <= 1


@pytest.mark.parametrize("text", CLEAN)
def test_clinical_words_and_plain_speaking_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("frame", NEUTRAL)
def test_who_somebody_is_is_no_abuse(frame: str) -> None:
    assert [name for name in IDENTITIES if found(frame.format(name))] == []


def test_the_machine_holds_and_never_hides() -> None:
    assert {signal.level for text in UNKIND for signal in found(text)} <= {Level.NUDGE, Level.HOLD}


def test_an_attack_on_a_group_is_called_so() -> None:
    assert [signal.category for signal in found("all foreigners are vermin and should be deported")] == [
        "identity_attack"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "y0u 5tup1d 1d10t, g3t 0ff",
        "yоu ѕtupіd іdіоt, get off",
        "you stu\u200bpid id\u200biot, get off",
        "ｙｏｕ　ｓｔｕｐｉｄ　ｉｄｉｏｔ, get off",
        "you s t u p i d  i d i o t, get off",
        "you s.t.u.p.i.d i-d-i-o-t, get off",
        "you 𝓼𝓽𝓾𝓹𝓲𝓭 𝓲𝓭𝓲𝓸𝓽, get off",
        "you stuuuupiiiid idiooooot, get off",
    ],
)
def test_a_disguise_does_not_help(text: str) -> None:
    assert [signal.level for signal in found(text)] == [Level.HOLD]


def test_an_insult_counts_wherever_it_stands_in_a_long_post() -> None:
    filler = "The evidence on falls in care homes is clearer than it was. "
    for count in (5, 30, 60):
        assert found(filler * count) == []
        assert found(filler * count + UNKIND[0]), count
        assert found(UNKIND[0] + " " + filler * count), count


def test_links_and_handles_say_nothing() -> None:
    assert found("The slides are at https://slides.example/stupid-idiot-moron, ask @stupididiot") == []


def test_an_empty_post_has_no_abuse() -> None:
    assert [found(text) for text in ("", " ", "\u200b", "https://a.example")] == [[], [], [], []]


words = st.sampled_from(
    [*" ".join([*UNKIND, *CLEAN]).split(), "1d10t", "s t u p i d", "ｍｏｒｏｎ", "🐷", "muuuuppet", "f**k"]
)
posts = st.lists(words, min_size=1, max_size=60).map(" ".join)


@settings(deadline=None)
@given(text=posts)
@example(text=" ".join(UNKIND * 20))
@example(text="you i d i o t y o u m o r o n")
def test_without_its_spans_the_post_raises_no_signal(text: str) -> None:
    for signal in found(text):
        assert signal.spans
        assert all(0 <= start < end <= len(text) for start, end in signal.spans)
        assert all(before[1] < after[0] for before, after in pairwise(signal.spans))
        assert found(without(text, signal)) == []


@settings(deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read_and_its_spans_lie_within(text: str) -> None:
    for signal in found(text):
        assert all(0 <= start < end <= len(text) for start, end in signal.spans)
        assert found(without(text, signal)) == []


@given(text=st.text(max_size=200))
def test_every_word_has_its_place(text: str) -> None:
    for word in read(normal.views(text)):
        assert 0 <= word.span[0] < word.span[1] <= len(text)
        assert word.text
    assert [word.text for word in read(normal.views(text))] == texts(normal.views(text))


def test_the_same_post_gets_the_same_signal() -> None:
    once = [found(text) for text in UNKIND]
    shipped.cache_clear()
    assert [found(text) for text in UNKIND] == once


def test_the_weights_are_small_and_made_for_this_reading() -> None:
    data = WEIGHTS.read_bytes()
    assert len(data) < 600_000
    model = unpacked(data)
    assert model.facts.reading == normal.VERSION, "the views changed: run training/abuse/train.py again"
    assert model.facts.nudge <= model.facts.hold


def test_foreign_weights_are_refused() -> None:
    with pytest.raises(ValueError):
        unpacked(b"something else")


def test_everyday_conference_talk_is_left_in_peace() -> None:
    """The demo's own conference was not learned from: a few of its five hundred posts may be pointed at, no more."""
    posts = [found for line in day() for found in line.found if isinstance(found, Incoming)]
    surroundings = Surroundings(hashtags=("CloserToHome26",))
    levels = [signal.level for post in posts for signal in abuse.check(Reading.of(post), Policy(), surroundings)]
    assert len(posts) > 500
    assert len(levels) <= len(posts) * 0.02
    assert levels.count(Level.HOLD) <= len(posts) * 0.01


@pytest.mark.parametrize(
    "text",
    [
        "another thing, said by somebody trusted",
        "I will sit down, and I will have time. #CloserToHome26",
        "Lunchtime at stand 9: four strangers, one pot, no agenda. #ward24",
        "Rota gaps drawn as actual holes in an actual knitted scarf.",
        "U mojej podopiecznej w karcie stoi „nie komunikuje się”. Komunikuje się świetnie. Po polsku.",
    ],
)
def test_harmless_words_do_not_add_up_to_abuse(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", BY_CHANCE)
def test_a_word_that_holds_a_bad_one_by_chance_says_nothing_and_hides_nothing(text: str) -> None:
    assert found(text) == []
    rude = f"{text}, you fucking wankers"
    (signal,) = found(rude)
    assert signal.level is Level.HOLD
    assert any("wankers" in rude[start:end] for start, end in signal.spans)

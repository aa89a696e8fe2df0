"""What signals mean under a policy, how a policy is tried, and what may never happen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.category import Category
from app.domain.policy import Mode, Policy
from app.domain.screening import screen
from app.domain.screening.checks.spam_cues import CUES
from app.domain.screening.policy_trial import try_out
from app.domain.screening.reading.pattern_gates import Gated
from app.domain.screening.ruling import level_of, rule, weigh
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal, Verdict
from tests.conftest import incoming
from tests.domain.screening.examples import NOT_PERSONAL, PERSONAL

PIECES = [
    "I want to die ", "kill yourself ", "07700 900 123 ", "NHS no 999 123 4567 ", "my patient Agnes Thirlwell ", "wanker ",
    "w4nk3r ", "f.u.c.k ", "w\u200banker ", "https://a.example/x ", "free bitcoin airdrop, claim now ", "bea@trust.example ",
    "\u202e", "hello ", "😀", "e\u0301\u0301\u0301\u0301\u0301", "thick patients on my ward lol ", "Who pays? ", "🎉", "SK99 4ZZ my home ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_every_held_post_says_why_and_spans_lie_in_the_text(text: str) -> None:
    ruling = screen(incoming(text), Policy(), Surroundings())
    for signal in ruling.signals:
        assert signal.explanation.endswith((".", "?", "…", "”."))
        assert signal.category in set(Category)
        assert all(0 <= start < end <= len(text) for start, end in signal.spans)
    if level_of(ruling.signals) in (Level.HOLD, Level.HIDE):
        assert any(
            signal.spans or signal.category in ("author", "shape", "duplicate", "sexual") for signal in ruling.signals
        )


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_without_what_was_marked_nothing_is_held(text: str) -> None:
    for _ in range(12):
        found = [
            one
            for one in screen(incoming(text), Policy(), Surroundings()).signals
            if one.level in (Level.HOLD, Level.HIDE)
        ]
        if not found:
            return
        spans = [span for signal in found for span in signal.spans]
        assert spans
        gone = {place for start, end in spans for place in range(start, end)}
        text = "".join(char for place, char in enumerate(text) if place not in gone)
    raise AssertionError(text)


@given(st.text(max_size=300))
def test_the_same_post_and_policy_give_the_same_signals(text: str) -> None:
    assert screen(incoming(text), Policy(), Surroundings()) == screen(incoming(text), Policy(), Surroundings())


@given(
    st.sampled_from(Category),
    st.sampled_from(list(Level)),
    st.sampled_from(["strict", "standard", "relaxed"]),
    st.floats(0, 1),
    st.sampled_from(list(Mode)),
)
def test_no_doubt_is_ever_approved_or_shows_itself_and_care_is_never_hidden(
    category: str, level: Level, preset: str, sure: float, mode: Mode
) -> None:
    policy = Policy(mode=mode, preset=preset)
    surroundings = Surroundings(approved_before=9)
    ruling = rule([Signal("x", category, level, "Because.", sure)], policy, surroundings, source="x", trusted=True)
    if any(signal.level is not Level.NOTE for signal in ruling.signals):
        assert not ruling.delayed
    if level_of(ruling.signals) is not Level.NOTE:
        assert ruling.verdict is not Verdict.APPROVED
    if category == "self_harm":
        assert ruling.verdict is not Verdict.REJECTED


def test_presets_and_own_levels_change_what_a_doubt_does() -> None:
    vent = Signal("venting", "vent", Level.NUDGE, "It vents.", 0.6)
    assert weigh(vent, Policy(preset="strict")).level is Level.HOLD
    assert weigh(vent, Policy(preset="relaxed")).level is Level.NOTE
    assert weigh(vent, Policy(preset="relaxed", levels=(("vent", "hide"),))).level is Level.HIDE
    assert weigh(vent, Policy(levels=(("vent", "nonsense"),))).level is Level.NUDGE


def test_a_stored_policy_of_an_older_program_still_loads() -> None:
    old = {"hold_by_default": False, "blocked_words": ["x"], "trusted": ["a"], "gone": 1}
    policy = Policy.from_json(old)
    assert (policy.mode, policy.blocked_words, policy.preset) == ("pass", ("x",), "standard")
    changed = Policy.from_json({**policy.as_json(), "levels": {"spam": "hide"}})
    assert changed.levels == (("spam", "hide"),)
    assert Policy.from_json(changed.as_json()) == changed
    assert changed.version != policy.version
    assert hash(changed) == hash(Policy.from_json(changed.as_json()))


def test_another_policy_is_tried_before_it_is_switched_on() -> None:
    arrived = [
        (incoming("a lovely tombola"), Surroundings()),
        (incoming("flapdoodle!"), Surroundings()),
        (incoming("hello"), Surroundings()),
    ]
    now, then = Policy(blocked_words=("flapdoodle",)), Policy(blocked_words=("tombola",))
    trial = try_out(arrived, now, then)
    assert (trial.held, trial.released, str(trial)) == ((0,), (1,), "would hold 1 more, release 1")
    assert try_out(arrived, now, Policy(mode="pass")).released == (0, 1, 2)


def test_what_is_too_long_to_check_is_held() -> None:
    ruling = screen(incoming("hello " * 1000), Policy(mode="pass", preset="relaxed"), Surroundings())
    assert (ruling.verdict, ruling.signals[0].code) == (Verdict.HELD, "very-long")


@pytest.mark.parametrize("text", [text for _, text in PERSONAL] + NOT_PERSONAL)
def test_the_gate_lets_through_whatever_could_match(text: str) -> None:
    small = text.lower()
    for _, _, cue in CUES:
        assert bool(cue.search(small)) == bool(cue.pattern.search(small))


def test_the_gate_knows_what_each_match_needs() -> None:
    gated = Gated(r"\b(?:free spins?|casino)\b|\bbet(?:ting)? (?:now|code)\b")
    assert gated.may_match("a casino")
    assert gated.search("bet now")
    assert not gated.may_match("the quick brown fox")
    assert Gated(r"\w+").may_match("")


def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("screening asked the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for _, text in PERSONAL:
        screen(incoming(f"{text} https://a.example/x"), Policy(), Surroundings())

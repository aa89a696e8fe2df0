"""No check takes more than in proportion to a text, whatever the text: that is what bounds it, on any machine."""

import random
import time
from collections.abc import Callable
from itertools import count

import pytest

from app.domain.policy import Policy
from app.domain.screening import CHECKS, Check, screen
from app.domain.screening.checks import impersonation, quotes_names_alts
from app.domain.screening.heads.scores_and_thresholds import judge
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.surroundings import Recent, Surroundings
from tests.conftest import incoming, reading
from tests.domain.screening.checks.test_abuse_model import UNKIND

HOSTILE = [
    " ", "a", "1", "1 ", "a@", "a.", "Ab ", "a b ", "(", "[at] ", "((((", "#a ", "@a ", "e\u0301", "\u0301", "😀", "\u200b", "0 ", "o ",
    "07700 ", "one two ", "double ", "NHS 9", "A1 1A", "flat 1 ", "1 a street ", "http://", "www.", "x.co/", "%", "£1", "my ", "I want to ",
    "we call him ", "ask for ", "dob 1", "A, B", "Mr A ", "a-", "a'", "bed 1 ", "\t\n", "aaa1", "how ", "is it ", "ﷺ", "ﬀ", "İ", "rt and ", "earn £1",
]  # fmt: skip
dice = random.Random(1)
WORDY = [
    " ".join(UNKIND).lower() + " ",
    " ".join("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(50)) + " ",
    "ｉｄｉｏｔ ",
    "idiot bastard ",
    "grotbag museum tombola ",
    "a*",
]
"""Each is said over and over, so that both halves of a text have the same in them."""
LISTS = Policy(banned_words=("grotbag",), watched_words=("tombola", "gr*"), allowed_words=("grotbag museum",))
TWICE = 2.5
"""Twice the text may take so many times as long: one that grows with the square takes four times."""
MEASURED = (2, 5, 5, 5)
"""So often for each try."""
_fresh = count(10_000)


BESIDE_THE_TEXT = (quotes_names_alts.check, impersonation.check)
"""These do not look at the text; names are bounded, and prose beside it is read by the checks of the text."""


@pytest.mark.parametrize(
    "check",
    [check for check in CHECKS if check not in BESIDE_THE_TEXT],
    ids=lambda check: check.__module__.rsplit(".", 1)[-1],
)
def test_twice_the_text_takes_a_check_twice_the_time(check: Check) -> None:
    def run(text: str, surroundings: Surroundings) -> float:
        read = reading(text)
        return timed(lambda: list(check(read, LISTS, surroundings)))

    assert_grows_in_proportion(run)


def test_twice_the_text_is_read_in_twice_the_time() -> None:
    assert_grows_in_proportion(lambda text, _: timed(lambda: Reading.of(incoming(text))))


def test_twice_the_text_is_judged_in_twice_the_time() -> None:
    def run(text: str, _: Surroundings) -> float:
        read = reading(text)
        return timed(lambda: judge(read, LISTS, []))

    assert_grows_in_proportion(run)


def test_of_a_longer_text_only_the_beginning_is_looked_at() -> None:
    one, other = (reading("a lovely day " * times) for times in (1_000, 2_000))
    assert (one.text, one.views, one.essence) == (other.text, other.views, other.essence)
    assert len(one.text) == LETTERS_READ
    told = [screen(read, Policy(), Surroundings()) for read in (one, other)]
    assert told[0] == told[1]


def assert_grows_in_proportion(run: Callable[[str, Surroundings], float]) -> None:
    """Over all hostile texts: each by itself, so that one bad text cannot hide among the good."""
    for text in (piece * (LETTERS_READ // len(piece) + 1) for piece in (*HOSTILE, *WORDY)):
        # Other work on the machine makes one of the two look slow now and then, a bad check always.
        assert any(growth(run, text, times) <= TWICE for times in MEASURED), (
            f"{text[:20]!r} takes longer than in proportion"
        )


def growth(run: Callable[[str, Surroundings], float], text: str, times: int) -> float:
    recent = tuple(Recent(f"{text[:60]} {number}", "x") for number in range(200))
    surroundings = Surroundings(recent=recent, questions=((1, text[:50]),))
    half, whole = LETTERS_READ // 2 - 6, LETTERS_READ - 6

    def run_and_read(said: str) -> float:
        # A check that hardly looks at the text takes less than the clock can tell: beside reading one, that is nothing.
        return run(said, surroundings) + timed(lambda: [letter.casefold() for letter in text])

    # Never the same text twice: what was read once is remembered here and there.
    small = min(run_and_read(f"{next(_fresh)} {text[:half]}") for _ in range(times))
    large = min(run_and_read(f"{next(_fresh)} {text[:whole]}") for _ in range(times))
    return large / small


def timed(work: Callable[[], object]) -> float:
    begun = time.thread_time_ns()
    work()
    return time.thread_time_ns() - begun + 1

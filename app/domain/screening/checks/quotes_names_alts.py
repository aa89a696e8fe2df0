"""What stands beside a text on a screen is checked as the text is: prose by the same checks, names without what a name
is. The same names come again and again, so what was found in one is kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening.check import Check, found_by
from app.domain.screening.checks import (
    abuse,
    care,
    links,
    personal,
    shape,
    spam,
    threats,
    venting,
    words,
    words_in_names,
)
from app.domain.screening.reading.joined_names import apart, joined
from app.domain.screening.reading.normal import is_invisible, views
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.reading.shown import (
    ALT,
    HANDLE,
    HANDLES,
    LINK,
    NAME,
    NAMES,
    NOW,
    NOW_HANDLE,
    POLL,
    QUOTE,
    QUOTE_HANDLE,
    QUOTE_NAME,
    REPLY,
    Shown,
)
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_OF_PROSE = (
    shape.check,
    personal.check,
    care.check,
    threats.check,
    words.check,
    abuse.check,
    spam.check,
    links.check,
    venting.check,
)
_OF_A_NAME = (
    shape.check,
    personal.check_name,
    care.check,
    threats.check,
    words_in_names.check,
    spam.check,
    links.check_name,
)
_OF_A_HANDLE = (personal.check_name, care.check, threats.check, words_in_names.check, spam.check)
_AS_WRITTEN = (words_in_names.check,)
_NOT_IN_NAMES = {"hospital-number"}
"""Networks put eight digits behind a name that is taken."""

_WHERE = {
    NAME: Sentence("The author’s name: %(what)s"),
    NOW: Sentence("What the author is called now: %(what)s"),
    HANDLE: Sentence("The author’s handle: %(what)s"),
    NOW_HANDLE: Sentence("The handle that the author has now: %(what)s"),
    REPLY: Sentence("Whom it answers: %(what)s"),
    QUOTE: Sentence("The quoted post: %(what)s"),
    QUOTE_NAME: Sentence("The name of whom it quotes: %(what)s"),
    QUOTE_HANDLE: Sentence("The handle of whom it quotes: %(what)s"),
    ALT: Sentence("The description of a picture: %(what)s"),
    POLL: Sentence("An option of its poll: %(what)s"),
    LINK: Sentence("The title of a link: %(what)s"),
}
NOBODY = Incoming("replay", "", Byline("", ""), "", datetime.min.replace(tzinfo=UTC))
"""A name is judged whoever bears it."""


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    for shown in read.shows:
        if shown.field in NAMES or shown.field in HANDLES:
            found: Sequence[Signal] = of_name(shown.field in HANDLES, shown.text, policy, surroundings.hashtags)
        else:
            found = _of_prose(read, shown, policy, surroundings)
        for signal in found:
            yield stands_in(signal, shown)


def stands_in(signal: Signal, shown: Shown) -> Signal:
    """The signal, saying where it was found."""
    what = signal.explanation if isinstance(signal.explanation, Sentence) else Sentence(signal.explanation)
    said = _WHERE[shown.field].filled(what=what)
    return replace(signal, field=shown.field, place=shown.place, explanation=said)


def _of_prose(read: Reading, shown: Shown, policy: Policy, surroundings: Surroundings) -> list[Signal]:
    if all(is_invisible(char) or char.isspace() for char in shown.text[:200]):
        return []
    own = read.of_field(shown.field, shown.text[:LETTERS_READ])
    return [signal for check in _OF_PROSE for signal in found_by(check, own, policy, surroundings)]


@lru_cache(maxsize=4096)
def of_name(handle: bool, text: str, policy: Policy, hashtags: tuple[str, ...]) -> tuple[Signal, ...]:
    """What is doubtful about a name or a handle. Notes are left out: a name has nothing to be remarked on."""
    text = text[:LETTERS_READ]
    words_of_it, places = apart(text)
    known = Surroundings(hashtags=hashtags)
    found = _found(_AS_WRITTEN if handle else _OF_A_NAME, text, policy, known)
    if handle or len(words_of_it) != len(text):
        again = _found(_OF_A_HANDLE if handle else _AS_WRITTEN, words_of_it, policy, known)
        codes = {signal.code for signal in found}
        found += [
            replace(one, spans=tuple(joined(span, places) for span in one.spans))
            for one in again
            if one.code not in codes
        ]
    return tuple(found)


def _found(checks: Iterable[Check], text: str, policy: Policy, known: Surroundings) -> list[Signal]:
    read = Reading(NOBODY, text, views(text), "", "", field=NAME)
    signals = (signal for check in checks for signal in found_by(check, read, policy, known))
    return [signal for signal in signals if signal.level is not Level.NOTE and signal.code not in _NOT_IN_NAMES]

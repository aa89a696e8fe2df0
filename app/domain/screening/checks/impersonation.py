"""Names that pose as somebody: the event itself, those who run it, a speaker, an account that somebody verified.

Ordinary names are left alone: a word must stand where a role or a title stands ("Sam (moderator)", "Box 10 OFFICIAL"),
not inside a name ("Jo Official-Smith") or a trade ("union organiser"). Whom the organiser knows may be called anything.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.domain.author_standing import Standing
from app.domain.policy import Policy
from app.domain.screening.checks.authors import handles_in, is_listed
from app.domain.screening.checks.known_here import (
    TOKEN,
    Context,
    alike,
    event_words,
    known_speakers,
    person_of,
    pieces_of,
    roles,
    speakers_handles,
    squashed,
    tokens_of,
    words_of,
)
from app.domain.screening.checks.quotes_names_alts import stands_in
from app.domain.screening.reading.joined_names import apart
from app.domain.screening.reading.normal import Span, Spelling, views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.shown import BYLINE, HANDLES
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_BREAK = re.compile(r"[|/()\[\]{}<>,;:~*\u2022]|(?<=\s)[-.@](?=\s)|\s{3,}")
_LONGEST = 200
_DIGITS = "0123456789"
_TICKS = frozenset("✓✔✅☑🗸🗹⍻√🮱")
"""What looks like the mark that networks set beside a name that they have verified."""


_LEXICON = roles()
_STRONG, _LEADING, _TEAM, _ROLES = (_LEXICON[key] for key in ("strong", "leading", "team", "roles"))
_BESIDE, _TRADES, _PHRASES = (_LEXICON[key] for key in ("beside", "trades", "phrases"))
_ALL_ROLES = _STRONG | _TEAM | _ROLES


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    if is_known(read, policy, surroundings):
        return
    context = (surroundings.event_name, surroundings.hashtags, surroundings.speakers)
    for shown in read.shows:
        if shown.field in BYLINE:
            for signal in poses(shown.text, shown.field in HANDLES, context):
                yield stands_in(signal, shown)


def is_known(read: Reading, policy: Policy, surroundings: Surroundings) -> bool:
    """Whom the organiser trusts, gave a link, or has in the programme by handle. Names typed on a phone prove nothing."""
    if surroundings.standing is Standing.TRUSTED or read.post.vouched:
        return True
    known = (*policy.trusted, *handles_in(surroundings.speakers))
    return read.post.source != "floor" and is_listed(read, known)


@lru_cache(maxsize=4096)
def poses(name: str, handle: bool, context: Context) -> tuple[Signal, ...]:
    """At most one signal, with all whom a name poses as."""
    found = list(_of_handle(name[:_LONGEST], context) if handle else _of_name(name[:_LONGEST], context))
    if not found:
        return ()
    whom = tuple(dict.fromkeys(said for said, _ in found))
    spans = tuple(dict.fromkeys(span for _, span in found))
    return (Signal("impersonation", "author", Level.HOLD, _SAID.filled(whom=whom), 0.9, spans),)


_SAID = Sentence("It may pose as %(whom)s.")
_EVENT = Sentence("the event itself")
_STAFF = Sentence("somebody who runs the event")
_VERIFIED = Sentence("a verified account")
_SPEAKER = Sentence("%(name)s, who speaks here")

Posing = tuple[Sentence, Span]


def _of_name(name: str, context: Context) -> Iterator[Posing]:
    for place, letter in enumerate(name):
        if letter in _TICKS:
            yield _VERIFIED, (place, place + 1)
    read = views(name)
    for spelling in (read.skeleton, read.squeezed):
        found = [*_event(spelling, context), *_staff(spelling, context), *_speaker(spelling, context)]
        if found:
            yield from found
            return


def _of_handle(handle: str, context: Context) -> Iterator[Posing]:
    """Only all of a handle: there is no room for anything between its words."""
    words, _ = apart(handle)
    tokens = words_of(views(words).skeleton)
    whole = (0, len(handle))
    if _is_a_role(tokens, event_words(context)):
        yield _STAFF, whole
        return
    for said in {"".join(tokens), "".join(words_of(views(handle).skeleton))}:
        for own in squashed(context):
            rest = said.removeprefix(own) if said.startswith(own) else said.removesuffix(own)
            rest = said if rest == said else rest.strip(_DIGITS)
            if not rest or rest in _ALL_ROLES:
                yield _STAFF if rest else _EVENT, whole
                return
        if name := speakers_handles(context[2]).get(said.strip(_DIGITS)):
            yield _SPEAKER.filled(name=name), whole
            return


def _event(spelling: Spelling, context: Context) -> Iterator[Posing]:
    """Its whole name within another one; one of a single word only where it is all of the name, or of a part of it."""
    wanted = tokens_of(context[0])
    tokens = list(TOKEN.finditer(spelling.text))
    said = words_of(spelling)
    if len(wanted) > 1:
        for start in range(len(said) - len(wanted) + 1):
            if tuple(said[start : start + len(wanted)]) == wanted:
                end = start + len(wanted) - 1
                yield _EVENT, spelling.span(tokens[start].start(), tokens[end].end())
                return
    if said and "".join(said) in squashed(context):
        yield _EVENT, spelling.span(tokens[0].start(), tokens[-1].end())
        return
    for part in _parts(spelling):
        if any(_is_called(piece, [alike(match.group()) for match in part]) for piece in pieces_of(context[0])):
            yield _EVENT, spelling.span(part[0].start(), part[-1].end())
            return


def _is_called(piece: tuple[str, ...], said: list[str]) -> bool:
    """Whether it is this piece of the event's name, with nothing beside it but words that make it no other."""
    for start in range(len(said) - len(piece) + 1):
        rest = said[:start] + said[start + len(piece) :]
        if tuple(said[start : start + len(piece)]) == piece:
            return all(word in _BESIDE or word in _ALL_ROLES or word.isdigit() for word in rest)
    return False


def _staff(spelling: Spelling, context: Context) -> Iterator[Posing]:
    event = event_words(context)
    for part in _parts(spelling):
        said = [alike(match.group()) for match in part]
        if _is_a_role(said, event):
            yield _STAFF, spelling.span(part[0].start(), part[-1].end())
        elif len(said) > 1 and said[-1] in _STRONG and said[-2] not in _TRADES:
            yield _STAFF, spelling.span(*part[-1].span())
        elif len(said) > 1 and said[0] in _LEADING:
            yield _STAFF, spelling.span(*part[0].span())


def _is_a_role(said: list[str], event: frozenset[str]) -> bool:
    """Nothing but words for those who run an event, and what stands beside these."""
    if "".join(said) in _PHRASES:
        return True
    own = [word for word in said if word not in _BESIDE and word not in event and not word.isdigit()]
    if not own or not all(word in _STRONG or word in _TEAM or word in _ROLES for word in own):
        return False
    return any(word in _STRONG or word in _TEAM for word in own) or len(own) < len(said)


def _speaker(spelling: Spelling, context: Context) -> Iterator[Posing]:
    speakers = known_speakers(context[2])
    for part in (*_parts(spelling), list(TOKEN.finditer(spelling.text))) if speakers else ():
        person = person_of(alike(match.group()) for match in part)
        if person in speakers:
            yield _SPEAKER.filled(name=speakers[person]), spelling.span(part[0].start(), part[-1].end())
            return


def _parts(spelling: Spelling) -> Iterator[list[re.Match[str]]]:
    """The words of a name, part by part: what stands in brackets or behind a bar is a part of its own."""
    breaks = [match.start() for match in _BREAK.finditer(spelling.text)]
    part: list[re.Match[str]] = []
    for match in TOKEN.finditer(spelling.text):
        if part and any(part[-1].end() <= place < match.start() for place in breaks):
            yield part
            part = []
        part.append(match)
    if part:
        yield part

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
from app.domain.screening.checks.people_in_care import forenames
from app.domain.screening.checks.quotes_names_alts import stands_in
from app.domain.screening.reading.joined_names import apart
from app.domain.screening.reading.lexicon import table
from app.domain.screening.reading.normal import Span, Spelling, views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.shown import BYLINE, HANDLES
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_BREAK = re.compile(r"[|/()\[\]{}<>,;:~*\u2022]|(?<=\s)[-.@](?=\s)|\s{3,}")
_LONGEST, _ONE_WORD = 200, 5
_DIGITS = "0123456789"
_TICKS = frozenset("✓✔✅☑🗸🗹⍻√")
"""What looks like the mark that networks set beside a name that they have verified."""


def _alike(word: str) -> str:
    """As one reads it from afar: an I is an l, "rn" an m, "vv" a w."""
    return word.replace("i", "l").replace("rn", "m").replace("vv", "w")


_LEXICON = {key: frozenset(map(_alike, words)) for key, words in table("roles.txt").items()}
_STRONG, _LEADING, _TEAM, _ROLES = (_LEXICON[key] for key in ("strong", "leading", "team", "roles"))
_BESIDE, _TRADES, _HONOURS = (_LEXICON[key] for key in ("beside", "trades", "honours"))
_ALL_ROLES = _STRONG | _TEAM | _ROLES

Context = tuple[str, tuple[str, ...], tuple[str, ...]]
"""The event's name, its hashtags, its speakers."""


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
    tokens = _words(views(words).skeleton)
    whole = (0, len(handle))
    if _is_a_role(tokens, _event_words(context)):
        yield _STAFF, whole
        return
    for said in {"".join(tokens), "".join(_words(views(handle).skeleton))}:
        for own in _squashed(context):
            rest = said.removeprefix(own) if said.startswith(own) else said.removesuffix(own)
            rest = said if rest == said else rest.strip(_DIGITS)
            if not rest or rest in _ALL_ROLES:
                yield _STAFF if rest else _EVENT, whole
                return


def _event(spelling: Spelling, context: Context) -> Iterator[Posing]:
    """Its whole name within another one; one of a single word only where it is all of the name, or of a part of it."""
    wanted = _tokens(context[0])
    tokens = list(_TOKEN.finditer(spelling.text))
    said = _words(spelling)
    if len(wanted) > 1:
        for start in range(len(said) - len(wanted) + 1):
            if tuple(said[start : start + len(wanted)]) == wanted:
                end = start + len(wanted) - 1
                yield _EVENT, spelling.span(tokens[start].start(), tokens[end].end())
                return
    if said and "".join(said) in _squashed(context):
        yield _EVENT, spelling.span(tokens[0].start(), tokens[-1].end())


def _staff(spelling: Spelling, context: Context) -> Iterator[Posing]:
    event = _event_words(context)
    for part in _parts(spelling):
        said = [_alike(match.group()) for match in part]
        if _is_a_role(said, event):
            yield _STAFF, spelling.span(part[0].start(), part[-1].end())
        elif len(said) > 1 and said[-1] in _STRONG and said[-2] not in _TRADES:
            yield _STAFF, spelling.span(*part[-1].span())
        elif len(said) > 1 and said[0] in _LEADING:
            yield _STAFF, spelling.span(*part[0].span())


def _is_a_role(said: list[str], event: frozenset[str]) -> bool:
    """Nothing but words for those who run an event, and what stands beside these."""
    own = [word for word in said if word not in _BESIDE and word not in event and not word.isdigit()]
    if not own or not all(word in _STRONG or word in _TEAM or word in _ROLES for word in own):
        return False
    return any(word in _STRONG or word in _TEAM for word in own) or len(own) < len(said)


def _speaker(spelling: Spelling, context: Context) -> Iterator[Posing]:
    speakers = _known_speakers(context[2])
    for part in _parts(spelling) if speakers else ():
        person = tuple(word for match in part if not _is_aside(word := _alike(match.group())))
        if person in speakers:
            yield _SPEAKER.filled(name=speakers[person]), spelling.span(part[0].start(), part[-1].end())


def _is_aside(word: str) -> bool:
    return word in _HONOURS or word in _STRONG or word in _BESIDE


def _words(spelling: Spelling) -> list[str]:
    return [_alike(word) for word in _TOKEN.findall(spelling.text)]


def _parts(spelling: Spelling) -> Iterator[list[re.Match[str]]]:
    """The words of a name, part by part: what stands in brackets or behind a bar is a part of its own."""
    breaks = [match.start() for match in _BREAK.finditer(spelling.text)]
    part: list[re.Match[str]] = []
    for match in _TOKEN.finditer(spelling.text):
        if part and any(part[-1].end() <= place < match.start() for place in breaks):
            yield part
            part = []
        part.append(match)
    if part:
        yield part


@lru_cache(maxsize=64)
def _tokens(name: str) -> tuple[str, ...]:
    """An event's name without its year."""
    said = _words(views(name).skeleton)
    return tuple(word for word in said if not (word.isdigit() and len(word) == 4)) or tuple(said)


@lru_cache(maxsize=64)
def _squashed(context: Context) -> frozenset[str]:
    """Its name and hashtags, each as one word, if that is no word or name of its own."""
    words = {"".join(_tokens(context[0]))}
    for tag in context[1]:
        read = views(tag)
        words |= {"".join(_words(spelling)) for spelling in (read.folded, read.skeleton)}
    return frozenset(word for word in words if len(word) >= _ONE_WORD and word not in _names_alike())


@lru_cache(maxsize=1)
def _names_alike() -> frozenset[str]:
    return frozenset(map(_alike, forenames()))


@lru_cache(maxsize=64)
def _event_words(context: Context) -> frozenset[str]:
    return frozenset((*_tokens(context[0]), *_squashed(context)))


@lru_cache(maxsize=64)
def _known_speakers(speakers: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Full names as they read, without titles and handles; a single name is too little to be somebody's."""
    known: dict[tuple[str, ...], str] = {}
    for speaker in speakers:
        name = speaker.partition("@")[0].partition("(")[0].partition(",")[0].strip()
        said = tuple(word for word in _words(views(name).skeleton) if not _is_aside(word))
        if len(said) > 1:
            known.setdefault(said, name)
    return known

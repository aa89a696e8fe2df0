"""Which language is spoken now: an Event's own wherever there is one, else what the browser asks for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_skeleton, format_time
from babel.numbers import format_decimal
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.sentence import Moment, Sentence, Written, from_json
from app.views.languages import ENGLISH, PSEUDOS, Language, language, preferred


class Spoken(Protocol):
    """What has a language of its own: an Event, or an alarm of one."""

    @property
    def language(self) -> str: ...

    @property
    def zone(self) -> str: ...


_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)
_zone: ContextVar[str] = ContextVar("zone", default="")
"""Where what is spoken of is; '' where that is nowhere: then a time is said as it was noted."""


class AcceptLanguage:
    """What is said before an Event is known is said as the browser wishes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            _spoken.set(preferred(Headers(scope=scope).get("accept-language", "")))
        await self.app(scope, receive, send)


def spoken() -> Language:
    return _spoken.get()


def speak_as(event: Spoken) -> None:
    """From here on, the rest of this request is about that Event and in its language."""
    _spoken.set(language(event.language))
    _zone.set(event.zone)


@contextmanager
def speaking(event: Spoken | None) -> Iterator[None]:
    """Within, all is said in the language of an Event, the same for everybody who reads it."""
    if event is None:
        yield
        return
    token, place = _spoken.set(language(event.language)), _zone.set(event.zone)
    try:
        yield
    finally:
        _spoken.reset(token)
        _zone.reset(place)


def say(text: object) -> str:
    """A sentence in the language that is spoken; also plain English that a catalogue knows."""
    if isinstance(text, Sentence):
        return _said(text)
    return gettext(str(text)) if text else ""


def explained(signal: Mapping[str, object]) -> str:
    """Why screening doubts a post, from what is stored of it."""
    return say(from_json(signal) if "message" in signal else signal["explanation"])


def gettext(message: str) -> str:
    return _spoken.get().catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, num: int) -> str:
    return _spoken.get().catalogue.ngettext(one, many, num)


def forms(one: str, many: str) -> dict[str, str]:
    """All plural forms of a message, by the names that `Intl.PluralRules` has for them: for scripts that count."""
    plural = _spoken.get().locale.plural_form
    found: dict[str, str] = {}
    for num in range(200):
        found.setdefault(plural(num), ngettext(one, many, num))
    return {**found, "other": found.get("other", gettext(many))}


def _said(sentence: Sentence) -> str:
    num = sentence.facts.get("num")
    counts = sentence.many and isinstance(num, int)
    message = ngettext(sentence.message, sentence.many, num) if counts else gettext(sentence.message)  # type: ignore[arg-type]
    return message % {name: _fact(fact) for name, fact in sentence.facts.items()} if sentence.facts else message


def _fact(fact: object) -> object:
    if isinstance(fact, tuple):
        return ", ".join(str(_fact(one)) for one in fact)
    if isinstance(fact, Sentence):
        return _said(fact)
    if isinstance(fact, Moment):
        return as_read(written(fact, _zone.get(), _spoken.get().locale))
    return _Number(fact) if type(fact) is int else fact


def as_read(time: str) -> str:
    """A time that was written for whoever reads it. The pseudo-languages mark it, so that one kept as words is seen."""
    return f"⟨{time}⟩" if _spoken.get().tag in PSEUDOS else time


def written(moment: Moment, zone: str, locale: Locale) -> str:
    """A time as a language writes it, in a zone; in that in which it was noted if there is none."""
    at = moment.at.astimezone(ZoneInfo(zone)) if zone else moment.at
    match moment.how:
        case Written.ZONED:
            said = str(format_datetime(at, "HH:mm z", locale=locale))
        case Written.SECONDS:
            said = str(format_time(at.time(), "medium", locale=locale))
        case _:
            said = str(format_time(at.time(), "short", locale=locale))
    if moment.how is Written.DAY:
        said = f"{format_skeleton('yMMMd', at, locale=locale)} {said}"
    return said


class _Number(int):
    """`%(num)d` writes its digits, `%(num)s` as the language writes numbers."""

    def __str__(self) -> str:
        return str(format_decimal(int(self), locale=_spoken.get().locale))

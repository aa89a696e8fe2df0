"""What the rest of the program knows of a social network: a descriptor, made in the network's own folder."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, Literal, TypeVar

from app.domain.doctor_findings import Checkup
from app.domain.incoming import Found
from app.domain.reading_cost import Prices
from app.domain.recorded import RecordedForm
from app.domain.source_marks import FLOOR, REPLAY, Origin, unknown

S = TypeVar("S")
Options = Mapping[str, object]

LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Option:
    """A field of a network's form in setup. What is chosen is kept among a source's options, under its name."""

    name: str
    label: str
    kind: Literal["check", "text"] = "check"
    value: object = True
    """What is kept when the box is ticked; nothing is when it is not."""
    default: str = ""
    """What a text is while nobody has typed one."""

    def read(self, typed: object) -> object:
        """What a form says; None if that is nothing to keep."""
        if self.kind == "check":
            return self.value if typed else None
        return str(typed or "").strip()[:LONGEST_TEXT] or None

    def text(self, options: Options) -> str:
        return str(options.get(self.name, self.default))

    def is_ticked(self, options: Options) -> bool:
        return options.get(self.name) == self.value


@dataclass(frozen=True, slots=True)
class Limits:
    """What a network allows those who hold one credential; who wants more is locked out."""

    connections: int = 40
    """So many are made at most …"""
    window: timedelta = timedelta(minutes=15)
    """… in any stretch of this length."""
    longest: timedelta = timedelta(minutes=15)
    """A limit that the network announces lasts no longer: a wrong clock must not keep us away for hours."""
    streams: int | None = None
    """How many may be open at the same time, over all events; None if nobody counts."""


USUAL = Limits()

LONGEST_TOKEN = 2_000


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """What a network says of a token, in a sentence for the organiser. One that it refuses is not kept."""

    said: str
    refused: bool = False
    keep: str = field(default="", repr=False)
    """What is kept instead of what was typed: the token with whose it is, so that it goes nowhere else later."""


@dataclass(frozen=True, slots=True)
class Token(Generic[S]):
    """The secret with which a network lets us in, as it is entered in setup."""

    label: str
    hint: str
    held: Callable[[S], str]
    """That of the installation, from the environment; '' if there is none."""
    put: Callable[[S, str], S]
    """The same settings with another one."""
    check: Callable[[S, Options], Awaitable[TokenCheck]]
    """One call that costs nothing and changes nothing; what is chosen for the source may say where to ask."""

    @staticmethod
    def read(typed: str) -> str:
        """What was typed or pasted, if it can stand in a request; else ''."""
        token = typed.strip().removeprefix("Bearer ").strip()
        whole = token.isascii() and token.isprintable() and " " not in token and len(token) <= LONGEST_TOKEN
        return token if whole else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Origin, Generic[S]):
    """A social network that posts come from. `S` are its settings."""

    settings: Callable[[], S]
    """Reads them from the environment; they hold secrets, and show none."""
    needs: Callable[[S], str]
    """What has to be done before anything can come from it, in a sentence; '' once it is."""
    doctor: Callable[[S], Awaitable[Checkup]]
    make: Callable[..., Any]
    """(Assignment, S, Clock) -> Source, as `app/sources/__init__.py` has them."""
    token: Token[S] | None = None
    """How an event gets a token of its own; None where a network needs none."""
    options: tuple[Option, ...] = ()
    writes_at: str = ""
    """Where somebody writes a post of their own, its words behind it; '' where a network has no such page."""
    prices: Prices | None = None
    """What reading costs; None if nothing. Its source is then asked what it has read (`sources/meter.py`)."""
    limits: Limits = USUAL
    begins: bool = True
    """Whether a new event with hashtags listens to it at once; if not, somebody has to switch it on."""
    wants_stream: Callable[[Options], bool] = lambda _: True
    """Whether a source with these options takes one of the streams that `limits` counts."""
    recorded: Callable[[Mapping[str, Any]], Sequence[Found] | None] = lambda _: None
    """Reads a line that was recorded from its stream; None if it is not one of its."""
    recordings: Callable[[], Sequence[RecordedForm]] = tuple
    """The forms in which other programs, and the network itself, keep its posts; loaded only by who reads a file."""

    def chosen(self, form: Mapping[str, object]) -> dict[str, object]:
        """The options that a form chooses. What is none of this network's is left out."""
        read = {option.name: option.read(form.get(option.name)) for option in self.options}
        return {name: value for name, value in read.items() if value is not None}


class Networks:
    """The networks that are registered, in that order, and what else a post may come from."""

    def __init__(self, networks: Iterable[Network[Any]]) -> None:
        self._networks = {network.key: network for network in networks}
        self.origins: tuple[Origin, ...] = (*self._networks.values(), FLOOR, REPLAY)
        self._origins = {origin.key: origin for origin in self.origins}

    def __iter__(self) -> Iterator[Network[Any]]:
        return iter(self._networks.values())

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._networks)

    @property
    def resting(self) -> frozenset[str]:
        """Those that nobody listens to until they are switched on."""
        return frozenset(key for key, network in self._networks.items() if not network.begins)

    @property
    def sources(self) -> tuple[str, ...]:
        """What may stand in a post's `source`, as far as we know."""
        return tuple(self._origins)

    def __contains__(self, key: object) -> bool:
        return key in self._networks

    def __getitem__(self, key: str) -> Network[Any]:
        return self._networks[key]

    def origin(self, key: str) -> Origin:
        """How a post's source is named and marked; an unknown one too, so that no page breaks of it."""
        return self._origins.get(key) or unknown(key)

    def label(self, key: str) -> str:
        return self.origin(key).label

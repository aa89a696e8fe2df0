"""What we say to people: English here, their own language at the edge.

The rooms below the views know neither readers nor languages. They say a Sentence, which is plain English to whoever
takes it for a string, and remembers its message and facts so that the views can look it up in a catalogue.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self, cast


class Written(StrEnum):
    """How much of a time is said."""

    CLOCK = "clock"
    SECONDS = "seconds"
    ZONED = "zoned"
    """The time of day with its zone: for whoever reads it far from the event."""
    DAY = "day"
    """The day and the time of day: for what is read on later days too."""


_ENGLISH = {
    Written.CLOCK: "%H:%M",
    Written.SECONDS: "%H:%M:%S",
    Written.ZONED: "%H:%M %Z",
    Written.DAY: "%Y-%m-%d %H:%M",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a fact of a Sentence. It is kept as a value; whoever reads it has a language and a zone."""

    at: datetime
    how: Written = Written.CLOCK

    def __str__(self) -> str:
        return self.at.strftime(_ENGLISH[self.how])


class Sentence(str):
    """A text with its facts filled in. `Sentence("It names %(name)s.", name=name)`: the message is what is translated.

    A fact may be a Sentence itself, or a tuple of them, which reads as a list; a time is a Moment.
    """

    __slots__ = ("facts", "many", "message")
    message: str
    many: str
    """The message for more than one; '' where nothing is counted. What is counted is the fact `num`."""
    facts: Mapping[str, object]

    def __new__(cls, message: str, /, **facts: object) -> Self:
        return cls._made(message, "", facts, message)

    @classmethod
    def _made(cls, message: str, many: str, facts: Mapping[str, object], chosen: str) -> Self:
        made = super().__new__(cls, chosen % {name: _read(fact) for name, fact in facts.items()} if facts else chosen)
        made.message, made.many, made.facts = message, many, facts
        return made

    def __str__(self) -> str:
        """Itself: `str(error)` of a refusal must not lose what it was made of."""
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return from_json, (self.as_json(),)

    def filled(self, **facts: object) -> "Sentence":
        """The same message with facts: for messages that stand in a table."""
        return Sentence(self.message, **facts)

    def as_json(self) -> dict[str, object]:
        """What is stored beside the English text; `from_json` reads it."""
        facts = {name: _stored(fact) for name, fact in self.facts.items()}
        return {"message": self.message, **({"many": self.many} if self.many else {}), "facts": facts}


class Said(Exception):
    """Raised with a sentence that goes to the person: `Refused("“%(zone)s” is not a time zone.", zone=zone)`."""

    def __init__(self, message: str, /, **facts: object) -> None:
        super().__init__(message if isinstance(message, Sentence) else Sentence(message, **facts))

    @property
    def sentence(self) -> Sentence:
        said: Sentence = self.args[0]
        return said


def counted(one: str, many: str, num: int, /, **facts: object) -> Sentence:
    """A Sentence about one or many: `counted("%(num)d post waits", "%(num)d posts wait", waiting)`."""
    return Sentence._made(one, many, {"num": num, **facts}, one if num == 1 else many)


def together(sentences: Iterable[str]) -> Sentence:
    """Several sentences, one after the other."""
    facts = {f"s{place}": sentence for place, sentence in enumerate(sentences)}
    return Sentence(" ".join(f"%({name})s" for name in facts), **facts)


def within(text: str, limit: int) -> str:
    """No more letters than that; what is short enough stays the Sentence that it is."""
    return text if len(text) <= limit else text[:limit]


_DAMAGED = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError)


def from_json(stored: Mapping[str, object]) -> Sentence:
    """What `as_json` made; of what is damaged, the message as it stands."""
    try:
        return _whole(stored)
    except _DAMAGED:
        return Sentence(str(stored.get("message", "")))


def said_or_typed(value: str) -> str:
    """A stored text as what it was: a Sentence, or the words of somebody."""
    if not value.startswith(_BEGINS):
        return value
    try:
        return _whole(json.loads(value))
    except _DAMAGED:
        return value


def to_store(value: str) -> str:
    """A text for a column that keeps Sentences too: no words of anybody are taken for one afterwards."""
    if not isinstance(value, Sentence) and value.startswith(_BEGINS):
        value = Sentence(_AS_IT_IS, typed=value)
    return json.dumps(value.as_json(), ensure_ascii=False) if isinstance(value, Sentence) else value


_BEGINS = '{"message": '
_AS_IT_IS = "%(typed)s"


def _whole(stored: Mapping[str, object]) -> Sentence:
    message, many = stored["message"], stored.get("many", "")
    if not (isinstance(message, str) and isinstance(many, str)):
        raise TypeError("it is no message")
    facts = {name: _restored(fact) for name, fact in cast(Mapping[str, object], stored.get("facts", {})).items()}
    return Sentence._made(message, many, facts, many if many and facts.get("num") != 1 else message)


def _read(fact: object) -> object:
    if type(fact) is int:
        return _Number(fact)
    return ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact


class _Number(int):
    """`%(num)d` writes its digits, `%(num)s` as English does."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def _stored(fact: object) -> object:
    if isinstance(fact, Sentence):
        return fact.as_json()
    if isinstance(fact, Moment):
        return {"at": fact.at.isoformat(), "how": fact.how}
    return [_stored(one) for one in fact] if isinstance(fact, tuple) else fact


def _restored(fact: object) -> object:
    if isinstance(fact, Mapping):
        return _moment(fact) if "at" in fact else _whole(fact)
    return tuple(map(_restored, fact)) if isinstance(fact, list) else fact


def _moment(stored: Mapping[str, object]) -> Moment:
    return Moment(datetime.fromisoformat(str(stored["at"])), Written(str(stored["how"])))

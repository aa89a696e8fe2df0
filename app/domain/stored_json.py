"""The shapes of what is kept as JSON: strict for who writes; who reads what was damaged gets as much as is whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
)

Text = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00]*$")]
"""What both databases keep and every screen can show: no NUL, no half of a surrogate pair."""
Whole = Annotated[int, Field(strict=True, ge=-(2**63), lt=2**63)]


def _storable(value: object) -> object:
    """JSON with storable texts, whatever it means: keys of another version of the program."""
    match value:
        case str():
            _TEXT.validate_python(value)
        case Mapping():
            for name, one in value.items():
                _TEXT.validate_python(name)
                _storable(one)
        case list() | tuple():
            for one in value:
                _storable(one)
        case None | bool() | int() | float():
            pass
        case _:
            raise ValueError("it is no JSON")
    return value


_TEXT: TypeAdapter[str] = TypeAdapter(Text)
LEFT_OUT: Any = None
Anything = Annotated[Any, AfterValidator(_storable)]


class Kept(BaseModel):
    """An object that is kept. A key that is not named may be one of another version; its value must be storable.

    `spare` stands in for what is damaged or missing where something must stand; another key is then left away.
    """

    model_config = ConfigDict(strict=True, extra="allow")
    __pydantic_extra__: dict[str, Anything]
    spare: ClassVar[Mapping[str, Any]] = {}


class KeptByline(Kept):
    name: Text = LEFT_OUT
    handle: Text = LEFT_OUT
    avatar: Text = LEFT_OUT
    url: Text = LEFT_OUT
    verified: Text = LEFT_OUT
    before: dict[Text, Anything] = LEFT_OUT


class KeptSegment(Kept):
    spare = {"kind": "text", "text": "", "href": ""}
    kind: Literal["text", "mention", "hashtag", "link"]
    text: Text
    href: Text
    title: Text = LEFT_OUT


class KeptPhoto(Kept):
    spare = {"picture": "", "alt": "", "width": 0, "height": 0, "kind": "photo"}
    picture: Text
    alt: Text
    width: Whole
    height: Whole
    kind: Literal["photo", "video", "gif"]


class KeptQuote(Kept):
    spare = {"available": False, "name": "", "handle": "", "avatar": "", "text": "", "url": ""}
    available: bool
    name: Text
    handle: Text
    avatar: Text
    text: Text
    url: Text
    posted_at: Text = LEFT_OUT
    verified: Text = LEFT_OUT
    photos: Sequence[KeptPhoto] = LEFT_OUT


class KeptExtras(Kept):
    poll: list[Text] = LEFT_OUT
    recorded: bool = LEFT_OUT


class KeptSignal(Kept):
    spare = {
        "code": "unreadable", "category": "shape", "level": "hold", "explanation": "", "confidence": 1.0, "spans": (),
    }  # fmt: skip
    code: Text
    category: Text
    level: Literal["note", "nudge", "hold", "hide"]
    explanation: Text
    confidence: float
    spans: Sequence[tuple[Whole, Whole] | list[Whole]]
    field: Text = LEFT_OUT
    place: Whole = LEFT_OUT
    message: Text = LEFT_OUT
    many: Text = LEFT_OUT
    facts: dict[Text, Anything] = LEFT_OUT


class KeptScores(Kept):
    __pydantic_extra__: dict[str, float]
    abuse: float = LEFT_OUT
    identity_attack: float = LEFT_OUT
    threat: float = LEFT_OUT
    sexual: float = LEFT_OUT
    spam: float = LEFT_OUT
    privacy: float = LEFT_OUT
    question: float = LEFT_OUT
    vent: float = LEFT_OUT
    care: float = LEFT_OUT


class Shape:
    """One kind of stored JSON: a list of texts, a list of objects, or one object, possibly none."""

    def __init__(self, kind: Any, *, listed: bool = False, optional: bool = False) -> None:
        self.kind, self.listed, self.optional = kind, listed, optional

    def problems(self, value: object) -> list[str]:
        """Where a value is not of this shape: names of fields, '' for the whole of it."""
        kind = Sequence[self.kind] if self.listed else self.kind  # type: ignore[name-defined]
        return _problems(kind | None if self.optional else kind, value)

    def mended(self, value: object) -> Any:
        """As much of a value as is of this shape."""
        if not self.problems(value):
            return value
        if self.listed:
            parts = value if isinstance(value, list) else []
            mended = [_mended(self.kind, part) for part in parts]
            return [part for part in mended if part is not None]
        return None if self.optional and not isinstance(value, Mapping) else _mended(self.kind, value) or {}


def _problems(kind: Any, value: object) -> list[str]:
    try:
        _adapter(kind).validate_python(value)
    except ValidationError as error:
        return sorted({_place(problem["loc"]) for problem in error.errors(include_input=False)})
    return []


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _place(loc: Sequence[int | str]) -> str:
    return next((part for part in loc if isinstance(part, str)), "")


def _mended(kind: Any, value: object) -> Any:
    if not _is_object(kind):
        return None if _problems(kind, value) else value
    if not isinstance(value, Mapping):
        return None
    return {**kind.spare, **{name: one for name, one in value.items() if _is_sound(kind, name, one)}}


def _is_sound(kind: Any, name: str, value: object) -> bool:
    return not _problems(kind, {**kind.spare, name: value})


def _is_object(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Kept)


def one_of(words: Collection[str]) -> Any:
    """A text that is one of these: what nothing else could be made of."""

    def known(value: str) -> str:
        if value not in words:
            raise ValueError("it is none of the words")
        return value

    return Annotated[Text, AfterValidator(known)]


def between(least: int, most: int) -> Any:
    """A whole number that can be reckoned with."""
    return Annotated[int, Field(strict=True, ge=least, le=most)]


def kept_as(settings: type[Any], **more: Any) -> type[Kept]:
    """The shape of settings that are kept field by field; what is left out or damaged has their own default."""
    hints = get_type_hints(settings)
    kinds = {field.name: _KINDS[hints[field.name]] for field in fields(settings)} | more
    named: dict[str, Any] = {name: (kind, None) for name, kind in kinds.items()}
    made: type[Kept] = create_model(f"Kept{settings.__name__}", __base__=Kept, **named)
    return made


_KINDS: dict[Any, Any] = {
    str: Text,
    bool: bool,
    int: Whole,
    tuple[str, ...]: Sequence[Text],
    tuple[tuple[str, str], ...]: dict[Text, Text],
    tuple[tuple[str, int], ...]: dict[Text, Whole],
}

TEXTS = Shape(Text, listed=True)
BYLINE = Shape(KeptByline)
SEGMENTS = Shape(KeptSegment, listed=True)
PHOTOS = Shape(KeptPhoto, listed=True)
QUOTE = Shape(KeptQuote, optional=True)
EXTRAS = Shape(KeptExtras)
SIGNALS = Shape(KeptSignal, listed=True)
SCORES = Shape(KeptScores)
OPEN = Shape(Kept)
"""What a network keeps for itself: options and position; it reads them with its own care."""

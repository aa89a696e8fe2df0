"""Texts that every database and every page can hold: no half of a surrogate pair, no NUL.

Both come from cut or broken files and from programs that try. What stands in their place is as long as they were, so
that places in a text stay. (The store has a last door of its own, `app/store/text_repair.py`.)
"""

import re
from dataclasses import fields
from typing import Any

REPLACEMENT = "\ufffd"
_BROKEN = re.compile("[\0\ud800-\udfff]")
# An escaped backslash, a whole pair, or (caught) what is broken.
_ESCAPES = re.compile(r"\\\\|\\u[dD][89aAbB]..\\u[dD][c-fC-F]..|(\\u0000|\\u[dD][89a-fA-F]..)")


def whole(text: str) -> str:
    """The text with a sign in place of what cannot be stored."""
    return _BROKEN.sub(REPLACEMENT, text) if not text.isascii() or "\0" in text else text


def whole_value(value: Any) -> Any:
    """The same for all texts in a value as JSON has them."""
    if isinstance(value, dict):
        return {whole_value(key): whole_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [whole_value(item) for item in value]
    return whole(value) if isinstance(value, str) else value


def whole_json(written: str) -> str:
    """This JSON with a sign in place of what cannot be stored."""
    return _ESCAPES.sub(lambda found: r"\ufffd" if found[1] else found[0], written)


class WholeTexts:
    """A dataclass whose own texts are whole, wherever they came from."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, str) and (repaired := whole(value)) is not value:
                object.__setattr__(self, field.name, repaired)
            elif isinstance(value, tuple) and any(isinstance(item, str) for item in value):
                object.__setattr__(self, field.name, tuple(whole(item) for item in value))

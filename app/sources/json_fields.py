"""Single fields of what a network sends as JSON: there or not, of the right type or not. Pure."""

import re
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
"""Half characters and NUL: legal in JSON, refused by databases."""


def text_of(value: object, limit: int = 100_000) -> str:
    """The string that is there, else '', in a form that can be stored; offsets stay as they are."""
    return UNSTORABLE.sub("\ufffd", value)[:limit] if isinstance(value, str) else ""


def object_of(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def number_of(value: object) -> int | None:
    """Some networks write some numbers as strings."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def web_address(value: object) -> str:
    """The address if it is one of the web, else ''."""
    address = text_of(value, 2000).strip()
    return address if re.match(r"https?://[^\s/]", address, re.IGNORECASE) else ""


def instant_of(value: object) -> datetime | None:
    """A time as ISO 8601 has it, in UTC; None if there is none."""
    try:
        at = datetime.fromisoformat(text_of(value, 40))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def tongue_of(value: object) -> str:
    """The code of a language, '' where none is told."""
    code = text_of(value, 16).strip()
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", code) and code.lower() != "und" else ""


def side_of(pixels: object) -> int:
    """A picture's width or height, 0 where it is not told."""
    number = number_of(pixels) or 0
    return number if 0 < number < 100_000 else 0

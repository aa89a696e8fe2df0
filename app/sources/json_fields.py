"""Single fields of what a network sends as JSON: there or not, of the right type or not. Pure."""

import re
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

"""Single fields of a file in JSON: there or not, of the right type or not."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from app.files.programme.times import lasting, moment


def text_of(holder: object, *names: str) -> str:
    """The first of these fields that holds a text (or a number); of several languages, the first."""
    for name in names:
        value = holder.get(name) if isinstance(holder, Mapping) else None
        if isinstance(value, Mapping):
            value = next((one for one in value.values() if isinstance(one, str) and one.strip()), None)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def list_of(holder: object, *names: str) -> list[Any]:
    for name in names:
        value = holder.get(name) if isinstance(holder, Mapping) else None
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            return list(value)
    return []


def moment_of(holder: object, *names: str) -> datetime | None:
    with suppress(ValueError):
        return moment(text_of(holder, *names)) if text_of(holder, *names) else None
    return None


def lasting_of(holder: object, *names: str) -> timedelta | None:
    with suppress(ValueError):
        return lasting(text_of(holder, *names)) if text_of(holder, *names) else None
    return None


def names_of(people: Iterable[object]) -> list[str]:
    """What people are called, as the many exports spell it."""
    found = []
    for person in people:
        if isinstance(person, str):
            found.append(person)
            continue
        name = text_of(person, "public_name", "fullName", "full_public_name", "name", "full_name")
        given, family = (
            text_of(person, "first_name", "firstName"),
            text_of(person, "last_name", "lastName", "familyName"),
        )
        if given and family and ("," in name or not name):
            name = f"{given} {family}"
        elif name.count(",") == 1:
            family, given = name.split(",")
            name = f"{given.strip()} {family.strip()}"
        found.append(name)
    return [name for name in found if name]


def ids_of(holder: object, *names: str) -> list[str]:
    return [f"{name}:{text_of(holder, name)}" for name in names if text_of(holder, name)]

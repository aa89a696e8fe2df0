"""Role links that are sent by e-mail, each to one named person, and how that went. Reading who they are is pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.access import Role
from app.domain.column_types import StoredSentence, stored
from app.domain.sentence import Said

MOST_AT_ONCE = 50
LONGEST_NAME = 80
MAILED_ROLES = (Role.MODERATOR, Role.SPEAKER)
_ROLES = {word: role for role in MAILED_ROLES for word in (role.value, f"{role.value}s")}
_ADDRESS = re.compile(r"[^@\s<>,;|\"]{1,64}@[\w.-]{1,190}\.\w{2,}")
_AROUND = " \t<>|,;\"'"


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


class MailedLink(SQLModel, table=True):
    """A link on its way to somebody. Its token is made anew from `nonce` and our key when it is sent, and not after."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    access_id: int = Field(foreign_key="access.id", unique=True)
    address: str = Field(max_length=256)
    nonce: str = Field(max_length=64, repr=False)
    state: MailState = Field(default=MailState.WAITING, sa_type=stored(MailState))
    detail: str = Field(default="", sa_type=StoredSentence)
    """Why it was not taken."""
    tries: int = 0
    changed_at: AwareDatetime
    next_try_at: AwareDatetime | None = None


class BadPeople(Said):
    """A line that names nobody who could be written to."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to get a link."""

    name: str
    address: str
    role: Role


def read_people(typed: str, role: Role) -> list[Person]:
    """One a line: a name, an address and, where it is another, the role. Raises BadPeople for a line that is none."""
    found = list(dict.fromkeys(_people(typed, role)))
    if not found:
        raise BadPeople("Nobody is named.")
    if len(found) > MOST_AT_ONCE:
        raise BadPeople("That is more than %(most)s people at once.", most=MOST_AT_ONCE)
    return found


def _people(typed: str, role: Role) -> Iterator[Person]:
    for line in filter(str.strip, typed.splitlines()):
        address = _ADDRESS.search(line)
        if address is None:
            raise BadPeople("“%(line)s” has no e-mail address.", line=line.strip()[:80])
        name, after = line[: address.start()].strip(_AROUND), line[address.end() :].strip(_AROUND)
        if not name:
            raise BadPeople("“%(line)s” has no name: the log says by it who decided what.", line=line.strip()[:80])
        if after and after.lower() not in _ROLES:
            raise BadPeople("“%(word)s” is neither moderator nor speaker.", word=after[:80])
        yield Person(" ".join(name.split())[:LONGEST_NAME], address[0], _ROLES.get(after.lower(), role))

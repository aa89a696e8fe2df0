"""Everything of one person gone, provably: what was erased when and by whom, and never of whom."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.column_types import shaped, stored
from app.domain.stored_json import TEXTS


class Erased(StrEnum):
    """What was asked to go."""

    PERSON = "person"
    """Accounts of networks that bear one handle."""
    PHONE = "phone"
    """What was sent and voted for from one phone."""
    MAIL = "mail"
    """An e-mail address that somebody from outside gave; those of the organiser's own team go with their links."""
    EVERYTHING = "everything"
    """What everybody said in an Event."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is to be erased: one of the four."""

    author: str = ""
    """A handle."""
    phone: str = ""
    """The address, or the number, of a post that it sent."""
    everything: bool = False
    mail: str = ""
    """An e-mail address."""
    mentions: bool = False
    """With an author: posts of others that name the handle go too."""


class Erasure(SQLModel, table=True):
    """One line of the register. It tells nobody's name: who was erased stands in it as marks that cannot be read."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    what: Erased = Field(sa_type=stored(Erased))
    at: AwareDatetime
    by: str = Field(max_length=80)
    access_id: int | None = None
    posts: int = 0
    rows: int = 0
    """All that are gone, posts included."""
    salt: str = Field(default="", max_length=64, repr=False)
    marks: list[str] = Field(default_factory=list, sa_type=shaped("erasure.marks", TEXTS), repr=False)
    """Of accounts whose earlier posts are not to come back from their network."""
    swept_at: AwareDatetime | None = None
    """When no byte of it was left in the database file either; None until then."""


def fresh_salt() -> str:
    return secrets.token_hex(16)


def mark(salt: str, source: str, ref: str) -> str:
    """What stands for an account: always the same, and nobody reads the account from it.

    Whoever has the database and an account in mind can find out whether it was that one, and nothing besides.
    """
    return hmac.new(salt.encode(), f"{source}\0{ref}".encode(errors="surrogatepass"), hashlib.sha256).hexdigest()

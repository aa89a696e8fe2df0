"""The secret with which one Event reads one network, as it is kept: sealed."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.column_types import StoredSentence
from app.domain.sentence import Sentence

UNREADABLE = Sentence(
    "The token that was entered for this event cannot be read any more: SECRET_KEY has changed since. "
    "Enter it again in setup, under Networks."
)


class NetworkToken(SQLModel, table=True):
    """An Event's own token of a network. Nobody sees it again; it goes nowhere but to that network."""

    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    kind: str = Field(max_length=16)
    sealed: str = Field(repr=False)
    mark: str = Field(max_length=64)
    """The same for the same token, and nobody can tell the token from it: who shares a token shares its limits."""
    told: str = Field(default="", sa_type=StoredSentence)
    """What the network said of it when it was entered."""
    entered_at: AwareDatetime


def account(kind: str, mark: str) -> str:
    """Under what reading is counted: whoever has a token of their own pays for it themselves."""
    return f"{kind[:8]}:{mark[:7]}" if mark else kind

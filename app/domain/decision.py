"""Who gave which verdict, when, why. Append-only: the audit trail, and what undo reads."""

from dataclasses import dataclass

from pydantic import AwareDatetime
from sqlmodel import Field, Index, SQLModel

from app.domain.column_types import StoredSentence

SCREENING = "screening"
EDITED = "edited by its author"
"""The reason of the decision that an edit is."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever decides: somebody with a role link; or, without one, the machine, an author, the command line.

    A label says who it was, and may be anything: whether it was the `machine` is said apart.
    """

    label: str
    access_id: int | None = None
    machine: bool = False
    tap: str = ""
    """By which tap of which tablet, where it is known."""


MACHINE = Actor(label=SCREENING, machine=True)
SETUP = Actor(label="Setup")
"""Whoever sets an event up without a link: a script, another program."""
AS_IT_WAS, CHANGED = "as_it_was", "changed"
"""Before and after, where there is no word for what it was and is."""
ADDED, REMOVED = "added", "removed"


class Decision(SQLModel, table=True):
    """One change of one state: `subject` is post, author, question or event; states are before and after."""

    __table_args__ = (
        Index("ix_decision_subject", "event_id", "subject", "subject_id", "id"),
        Index("ix_decision_event_at", "event_id", "at"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    subject: str = Field(max_length=16)
    subject_id: int
    before: str = Field(max_length=64)
    after: str = Field(max_length=64)
    by: str = Field(max_length=80)
    access_id: int | None = Field(default=None, foreign_key="access.id")
    machine: bool = False
    """Nobody did it: the rules, the delay or the watch."""
    tap: str = Field(default="", max_length=65)
    """The tap by which it was decided, with the tablet's name; '' for what came from no tablet."""
    at: AwareDatetime
    cursor: int = 0
    """Where the Event's log stood when this was told there; 0 for what machines do, and what is told nowhere."""
    reason: str = Field(default="", max_length=400)
    detail: str = Field(default="", sa_type=StoredSentence)
    """What an organiser changed, in a sentence; never a secret. '' where before and after say it."""
    policy_version: int = 0
    """The policy in force."""
    revision: int | None = None
    """Which revision of a post it was about; None where it was about none, or before there were any."""
    cause_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    """The decision that brought this one along (a block sweeps posts); undoing that one undoes this."""
    undoes_id: int | None = Field(default=None, foreign_key="decision.id", unique=True)
    """The decision that this one took back. Both stay."""

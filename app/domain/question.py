"""Questions for the speakers of a Talk, ranked by votes."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from app.domain.column_types import stored

HELD_FOR = "for"
"""The state of a question that is held for somebody, in the log; after a colon stands for whom."""


class QuestionState(StrEnum):
    OPEN = "open"
    ON_STAGE = "on_stage"
    ANSWERED = "answered"
    DISMISSED = "dismissed"
    TAKEN_BACK = "taken_back"
    """It was made a question by mistake: nobody sees it, its votes are kept should it come back."""


class Question(SQLModel, table=True):
    """Asked for a Talk: made from a post by a moderator, or asked by a phone or at the microphone and approved.

    It is seen while its post is approved, so nothing can be asked that nobody let through.
    """

    __table_args__ = (
        UniqueConstraint("post_id"),
        Index("ix_question_event_state", "event_id", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    talk_id: int | None = Field(default=None, foreign_key="talk.id")
    room_id: int | None = Field(default=None, foreign_key="room.id")
    """The room in which it was asked, also while no Talk ran there; None where there are no rooms to tell apart."""
    post_id: int = Field(foreign_key="post.id")
    state: QuestionState = Field(default=QuestionState.OPEN, sa_type=stored(QuestionState))
    asked_with: int | None = Field(default=None, index=True)
    """The question that stands for this one too; None while it stands for itself. It stands under none."""
    starred: bool = False
    """The chair wants to come back to it."""
    note: str = Field(default="", max_length=500)
    """The chair's own words about it, for the desk and the stage alone."""
    held_for: str = Field(default="", max_length=60)
    """Who of the panel is to answer it, when they are there to; '' for anybody. Until then it is nobody's turn."""
    reply_id: int | None = None
    """The written answer that holds. No foreign key: a ring."""
    votes: int = 0
    """Where others are asked with it, everybody's who voted for one of them, each counted once."""
    votes_told: int = 0
    """How many votes the screens were told of last: they come by the thousand and are told together."""
    hasty: int = 0
    """So many of its votes came in bursts from one address and count still."""
    hastiest: int = 0
    """And so many of them, at most, within ten seconds."""
    asked_at: AwareDatetime
    on_stage_at: AwareDatetime | None = None


class Reply(SQLModel, table=True):
    """What the speaker answers in writing, as it was given; a change is another row."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    text: str = Field(max_length=4000)
    by: str = Field(max_length=80)
    at: AwareDatetime


class Vote(SQLModel, table=True):
    """One person's wish to hear an answer; one for each device."""

    __table_args__ = (
        UniqueConstraint("question_id", "device"),
        Index("ix_vote_origin", "at", sqlite_where=text("origin != ''"), postgresql_where=text("origin != ''")),
    )

    id: int = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id")
    device: str = Field(max_length=64, index=True)
    at: AwareDatetime
    origin: str = Field(default="", max_length=24)
    """The address that it came from, as a keyed hash; forgotten after a minute."""
    hasty: bool = False
    """It came with many others from one address."""
    left_out_by: int | None = None
    """The Decision by which it does not count; None while it does."""
    taken_back: bool = False
    """Its device does not wish it any more. One that was in a burst is remembered: voting again makes it no other."""

"""Prompts of a chat, and the answers that are filed under them."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, Index, SQLModel

from app.domain.column_types import stored

LONGEST_PROMPT = 500
MOST_PROMPTS = 40


class PromptKind(StrEnum):
    WELCOME = "welcome"
    QUESTION = "question"
    CLOSING = "closing"


class Prompt(SQLModel, table=True):
    """What a host puts to a chat: the welcome, Q1 … Qn, the closing. Released by hand or by the clock."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    kind: PromptKind = Field(default=PromptKind.QUESTION, sa_type=stored(PromptKind))
    place: int
    """Its place among the prompts of its chat."""
    number: int = 0
    """Of a question, the one after Q; 0 for others."""
    text: str = Field(max_length=LONGEST_PROMPT)
    minute: int | None = None
    """Planned so many minutes after the beginning; None if only a hand releases it."""
    released_at: AwareDatetime | None = None

    @property
    def label(self) -> str:
        """As people write it in posts; '' for a welcome and a closing."""
        return f"Q{self.number}" if self.number else ""

    @property
    def words(self) -> str:
        """As its host posts it."""
        return f"{self.label} {self.text}".strip()


class FiledBy(StrEnum):
    """Why a post stands under its prompt, the surest first."""

    HAND = "hand"
    """Somebody at the desk put it there."""
    ITSELF = "itself"
    """It is the prompt, as its host has posted it."""
    REPEAT = "repeat"
    """It only passes the prompt on."""
    SPELLED = "spelled"
    """It says so: A1, T1, Q1."""
    PHONE = "phone"
    """It was written on a page that showed this prompt as the one to answer."""
    REPLY = "reply"
    """It answers the prompt's post, or another answer to it."""
    QUOTE = "quote"
    TIME = "time"
    """It was written while this prompt ran."""


NO_ANSWER = {FiledBy.ITSELF, FiledBy.REPEAT}
"""What stands under a prompt and does not answer it."""


class Answer(SQLModel, table=True):
    """That a post stands under a prompt, why, and which other post it answers."""

    __table_args__ = (Index("ix_answer_event_prompt", "event_id", "prompt_id"),)

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    prompt_id: int | None = Field(default=None, foreign_key="prompt.id", index=True)
    """None if somebody has said that it stands under none."""
    filed_by: FiledBy = Field(sa_type=stored(FiledBy))
    under_id: int | None = Field(default=None, index=True)
    """The post that it answers, if that has arrived. No foreign key: either may be deleted first."""

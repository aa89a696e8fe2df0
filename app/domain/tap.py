"""What somebody taps on a tablet: done once, however often it is sent, and never over what they could not have seen."""

from dataclasses import dataclass
from datetime import timedelta

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

LONGEST_TAP_NAME = 32


@dataclass(frozen=True, slots=True)
class Tap:
    """`tablet` and `key` are names that the tablet made up; `after` is where its page stood in the log by then."""

    tablet: str
    key: str
    after: int
    waited: timedelta = timedelta()
    """How long ago it was tapped, by the tablet's own clock."""

    @property
    def name(self) -> str:
        return self.named(self.key)

    def named(self, key: str) -> str:
        """What another tap of the same tablet is called."""
        return f"{self.tablet}:{key}"


class SettledTap(SQLModel, table=True):
    """One that was done: sent again, because its answer was lost, it does nothing. Forgotten after a day."""

    __tablename__ = "settled_tap"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    name: str = Field(primary_key=True, max_length=2 * LONGEST_TAP_NAME + 1)
    at: AwareDatetime

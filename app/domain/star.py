"""That a moderator starred a post: whoever was not there is to read it first."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

STARRED, NO_STAR = "starred", "no_star"
"""Before and after, in the log."""


class Star(SQLModel, table=True):
    """A row while it is starred; who did it is in the log of decisions."""

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    at: AwareDatetime

"""The versions of an Event's policy."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.column_types import shaped
from app.domain.policy import STORED_POLICY


class PolicyVersion(SQLModel, table=True):
    """A version of an Event's policy, kept so that "why was this held?" can be answered after the event."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    version: int = Field(primary_key=True)
    policy: dict[str, object] = Field(default_factory=dict, sa_type=shaped("policyversion.policy", STORED_POLICY))
    by: str = Field(default="", max_length=80)
    at: AwareDatetime

"""The file that an organiser's programme came as, kept while it is looked at."""

from pydantic import AwareDatetime
from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from app.domain.column_types import shaped
from app.domain.stored_json import OPEN


class ProgrammeFile(SQLModel, table=True):
    """One for an Event, until it is put in place or put away; how its table was read is remembered for the next."""

    __tablename__ = "programme_file"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    name: str = Field(max_length=200)
    content: bytes = Field(sa_type=LargeBinary)
    zone: str = Field(default="", max_length=64)
    """The zone that the organiser chose; '' for the file's own."""
    mapping: dict[str, object] = Field(default_factory=dict, sa_type=shaped("programme_file.mapping", OPEN))
    """Which column means what, as `read_mapping` takes it."""
    mapped: bool = False
    """Whether this file is to be read by the mapping even if it could be read without."""
    at: AwareDatetime

"""That one process does something for all of them."""

from datetime import timedelta

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

NOBODY = ""
READING = "reader"
"""The lease of the one process that reads for all."""
LONGEST_LEASE = timedelta(minutes=1)
"""No lease is longer: one that ends later was given by a clock that has been put right since, and is nobody's."""


class Lease(SQLModel, table=True):
    """Who does it, and until when without saying so again: one that is gone is followed by another."""

    name: str = Field(primary_key=True, max_length=32)
    held_by: str = Field(default=NOBODY, max_length=64)
    until: AwareDatetime

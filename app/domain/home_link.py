"""The installation's own links."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class HomeLink(SQLModel, table=True):
    """Opens the front page: all events, and a new one. Only the link's hash is kept."""

    id: int = Field(default=None, primary_key=True)
    label: str = Field(default="", max_length=80)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: AwareDatetime
    revoked_at: AwareDatetime | None = None

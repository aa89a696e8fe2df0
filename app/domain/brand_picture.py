"""Pictures of an Event's own: its logo, and what is behind its wall. They are kept with everything else of it."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel


class PictureUse(StrEnum):
    """What a picture is for. The wall's one is kept as it was given, and calmed for either kind of wall."""

    LOGO = "logo"
    PICTURE = "picture"
    PICTURE_DARK = "picture_dark"
    PICTURE_LIGHT = "picture_light"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that we have drawn from what somebody gave."""

    kind: str
    content: bytes
    width: int
    height: int
    darkest: int = 0
    lightest: int = 0
    """Of a logo: how light it is, see `Brand`."""

    @property
    def key(self) -> str:
        return sha256(self.content).hexdigest()[:24]


class BrandPicture(SQLModel, table=True):
    """One picture, drawn by us; `Brand` says by its key that it is in use."""

    __tablename__ = "brand_picture"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    use: str = Field(primary_key=True, max_length=16)
    key: str = Field(max_length=32)
    """Of its content, so an address never shows another picture than it did."""
    kind: str = Field(max_length=32)
    """Its media type."""
    content: bytes = Field(sa_type=LargeBinary)
    width: int
    height: int

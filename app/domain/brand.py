"""What an Event looks like beside its colour: its wall, its logo, its picture, and how it says that one may join."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from app.domain.brand_picture import Drawn, PictureUse
from app.domain.colour import read_colour
from app.domain.sentence import Said, Sentence
from app.domain.stored_json import Shape, kept_as

HOUSE_COLOURS = {
    "teal": "#006969", "plum": "#7a4475", "coral": "#8a4338", "ocean": "#295e90", "moss": "#326935", "amber": "#804d0c",
}  # fmt: skip
"""Ours, by name, as tokens.css has them: there they are a hue."""
LONGEST_INVITATION = 60
_TOO_LONG = Sentence("The invitation may have at most %(most)d signs, or it cannot be read from afar.")


class BadBrand(Said, ValueError):
    """What was asked for cannot be; the sentence says why."""


class Ground(StrEnum):
    """What the wall is, or a plate behind a logo."""

    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Brand:
    """Pictures by their keys, see BrandPicture; '' where there is none."""

    wall: str = Ground.DARK.value
    """Whether the walls are dark or light."""
    ground: str = ""
    """The colour behind everything on a wall; '' for one that goes with the accent."""
    invitation: str = ""
    """How walls and phones say that one may join; '' for our own words."""
    logo: str = ""
    logo_width: int = 0
    logo_height: int = 0
    logo_darkest: int = 0
    logo_lightest: int = 0
    """How light it is, in thousandths: but for a tenth nothing is darker, and but for a tenth nothing is lighter."""
    picture: str = ""
    """As it was given, upright and small enough."""
    picture_dark: str = ""
    picture_light: str = ""
    """Calmed for a dark wall and for a light one."""

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value != getattr(_PLAIN, name)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Brand":
        """Read a stored brand: what is damaged has its default; keys of another version of the program are left out."""
        known = {field.name for field in fields(cls)}
        sound = {name: value for name, value in BRAND.mended(stored).items() if name in known}
        brand = cls(**{name: value for name, value in sound.items() if _is_sound(name, value)})
        return brand if brand.logo_width > 0 < brand.logo_height else brand.hung(PictureUse.LOGO, None)

    def worded(self, *, wall: str, ground: str, invitation: str) -> "Brand":
        """The same pictures with these settings. Raises BadBrand and BadColour."""
        if wall not in _WALLS:
            raise BadBrand("“%(typed)s” is not one of %(known)s.", typed=wall[:40], known=_WALLS)
        words = " ".join(invitation.split())
        if len(words) > LONGEST_INVITATION:
            raise BadBrand(
                "The invitation may have at most %(most)d signs, or it cannot be read from afar.",
                most=LONGEST_INVITATION,
            )
        return replace(self, wall=wall, ground=read_colour(ground) if ground.strip() else "", invitation=words)

    def hung(self, use: PictureUse, drawn: Drawn | None) -> "Brand":
        """The same with another picture, or without one."""
        changed: dict[str, Any] = {use.value: drawn.key if drawn else ""}
        if use is PictureUse.LOGO:
            size = (drawn.width, drawn.height, drawn.darkest, drawn.lightest) if drawn else (0, 0, 0, 0)
            names = ("logo_width", "logo_height", "logo_darkest", "logo_lightest")
            changed |= dict(zip(names, size, strict=True))
        return replace(self, **changed)

    @property
    def picture_on_wall(self) -> str:
        return self.picture_light if self.wall == Ground.LIGHT else self.picture_dark

    @property
    def logo_shape(self) -> str:
        """How much room it takes: a banner is as wide as its place, others are as high as their shape needs."""
        ratio = self.logo_width / self.logo_height if self.logo_height else 1.0
        return next(shape for least, shape in _SHAPES if ratio > least)


def _is_sound(name: str, value: Any) -> bool:
    if name.startswith("logo_"):
        return 0 <= int(value) <= 10_000
    shape = {"wall": r"dark|light", "ground": r"(#[0-9a-f]{6})?", "invitation": r"[^\n]{0,60}"}
    return bool(re.fullmatch(shape.get(name, r"([0-9a-f]{24})?"), value))


_SHAPES = ((3.5, "banner"), (1.6, "wide"), (0.8, "square"), (-1.0, "tall"))
_PLAIN = Brand()
_WALLS = (Ground.DARK.value, Ground.LIGHT.value)
BRAND = Shape(kept_as(Brand))


def read_accent(typed: str) -> str:
    """An accent as it is kept: one of our colours by name, or any other as `#rrggbb`. Raises BadColour."""
    name = typed.strip().lower()
    return name if name in HOUSE_COLOURS else read_colour(typed)


def as_colour(accent: str) -> str:
    """The colour that an accent is. What no version of ours can have stored is our first one."""
    if accent in HOUSE_COLOURS:
        return HOUSE_COLOURS[accent]
    try:
        return read_colour(accent)
    except ValueError:
        return HOUSE_COLOURS["teal"]

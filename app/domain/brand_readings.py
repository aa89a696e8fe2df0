"""What becomes of an event's colour and logo, measured: for who chooses them, and for what stands behind a logo."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.brand import Brand, Ground
from app.domain.brand_palette import Palette
from app.domain.colour import WHITE, contrast, luminance

SEEN = 2.0
"""The contrast that all of a logo has with its ground; it is no text, and its form is known."""


@dataclass(frozen=True, slots=True)
class Legible:
    """How a colour ends up in one place, and how well it is read there."""

    where: str
    colour: str
    letters: str
    contrast: float
    as_given: bool


def readings(accent: str, found: Palette) -> tuple[Legible, ...]:
    """What becomes of an accent, for people: where it stays as it was given, and what it is elsewhere."""
    day, night, always = found.by_day, found.by_night, found.always
    pairs = (
        ("buttons", day["accent"], day["on-accent"]),
        ("letters", day["accent-strong"], WHITE),
        ("dark_buttons", night["accent"], night["on-accent"]),
        ("wall", always["wall-accent"], always["wall-accent-ink"]),
        ("wall_letters", always["wall-accent"], always["wall-ground"]),
    )
    return tuple(
        Legible(where, colour, letters, int(contrast(colour, letters) * 10) / 10, colour == accent)
        for where, colour, letters in pairs
    )


def plate(brand: Brand, grounds: Iterable[str]) -> str:
    """What must stand behind a logo so that all of it is seen on these grounds: '' for nothing, else a `Ground`."""
    on, light, dark = [luminance(one) for one in grounds], brand.logo_lightest / 1_000, brand.logo_darkest / 1_000
    if all(_apart(dark if ground < 0.3 else light, ground) >= SEEN for ground in on):
        return ""
    return Ground.LIGHT.value if _apart(light, 1.0) >= _apart(dark, 0.01) else Ground.DARK.value


def _apart(one: float, other: float) -> float:
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)

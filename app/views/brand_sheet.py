"""The style sheet of one Event: nothing but tokens, in an address that changes whenever they do."""

from functools import lru_cache
from hashlib import sha256

from app.domain.brand import HOUSE_COLOURS, Brand, Ground, as_colour
from app.domain.brand_palette import DARK_PIXEL, LIGHT_PIXEL, Tokens, palette
from app.domain.brand_readings import plate
from app.domain.event import Event

_ROOT = ":root:root:root"
"""Stronger than tokens.css also where layers are not known, see `old_browser_css`."""


def sheet_path(event: Event) -> str:
    """Where an Event's sheet is; '' for one that looks as tokens.css says, which needs none."""
    text = sheet_of(event)
    return f"/e/{event.slug}/brand-{version(text)}.css" if text else ""


def sheet_of(event: Event) -> str:
    brand = Brand.from_json(event.brand)
    return sheet(event.accent, brand.wall, brand.ground, pictured=bool(brand.picture))


def logo_plate(event: Event, on: str) -> str:
    """What stands behind a logo on the `wall`, in the `night` of a floor's head, or on `paper`."""
    return plate_behind(event.accent, Brand.from_json(event.brand), on)


def plate_behind(accent: str, brand: Brand, on: str) -> str:
    found = palette(as_colour(accent), brand.wall, brand.ground, pictured=bool(brand.picture)).always
    if on == "paper":
        return plate(brand, ["#ffffff"])
    if on == "night":
        return plate(brand, [found["night-raised"]])
    pixel = [LIGHT_PIXEL if brand.wall == Ground.LIGHT else DARK_PIXEL] if brand.picture else []
    return plate(brand, [found["wall-ground"], found["wall-ground-lit"], *pixel])


@lru_cache(maxsize=256)
def sheet(accent: str, wall: str, ground: str, *, pictured: bool, within: str = "") -> str:
    """Tokens for an accent and a wall; `within` an element only, whatever the rest of the page looks like."""
    if not within and accent in HOUSE_COLOURS and wall == Ground.DARK and not ground and not pictured:
        return ""
    found = palette(as_colour(accent), wall, ground, pictured=pictured)
    place = f" {within}" if within else ""
    return (
        f"{_ROOT}{place}{{{_said({**found.by_day, **found.always})}}}\n"
        f"@media (prefers-color-scheme:dark){{{_ROOT}:not([data-theme=light]){place}{{{_said(found.by_night)}}}}}\n"
    )


@lru_cache(maxsize=256)
def version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _said(tokens: Tokens) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())

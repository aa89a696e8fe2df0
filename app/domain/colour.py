"""Colours: what people type, how light they are, how they are made lighter without changing what they are.

Contrast is WCAG's, measured on the colour as a screen shows it. Shades move in OKLCH (Björn Ottosson's Oklab, as CSS
has it), where one step of lightness looks like one step, and what no screen can show loses chroma and keeps its hue.
"""

import re
from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians, sin

from app.domain.colour_names import COLOUR_NAMES
from app.domain.sentence import Said, Sentence

WHITE, BLACK = "#ffffff", "#000000"

_HEX = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})", re.ASCII)
_NO_COLOUR = Sentence("“%(typed)s” is no colour. Write a name such as tomato, or a code such as #e6007e.")
Oklch = tuple[float, float, float]


class BadColour(Said, ValueError):
    """It is no colour that we know; the sentence says how one is written."""


def read_colour(typed: str) -> str:
    """A colour as it is kept, `#rrggbb`: typed as that, short, without the sign, or by CSS name. Raises BadColour."""
    text = re.sub(r"\s+", "", typed).lower()
    if text in COLOUR_NAMES:
        return f"#{COLOUR_NAMES[text]}"
    if not _HEX.fullmatch(text):
        raise BadColour(_NO_COLOUR.filled(typed=typed[:40]))
    digits = text.removeprefix("#")
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def luminance(colour: str) -> float:
    """How much light it gives, 0 to 1, as WCAG counts it."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=4_096)
def oklch(colour: str) -> Oklch:
    """Lightness, chroma and hue of a colour."""
    linear = _linear(colour)
    lms = [
        sum(share * one for share, one in zip(row, linear, strict=True)) ** (1 / 3)
        for row in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    lightness, a, b = (
        sum(share * one for share, one in zip(row, lms, strict=True))
        for row in (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        )
    )
    return lightness, hypot(a, b), degrees(atan2(b, a)) % 360


@lru_cache(maxsize=16_384)
def shade(lightness: float, chroma: float, hue: float) -> str:
    """The colour with so much chroma, or the most that a screen can show."""
    if (colour := _shown(lightness, chroma, hue)) is not None:
        return colour
    least, most = 0.0, chroma
    for _ in range(12):
        middle = (least + most) / 2
        least, most = (middle, most) if _shown(lightness, middle, hue) else (least, middle)
    return _shown(lightness, least, hue) or (WHITE if lightness > 0.5 else BLACK)


def _shown(lightness: float, chroma: float, hue: float) -> str | None:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    lms = [
        (lightness + in_a * a + in_b * b) ** 3
        for in_a, in_b in (
            (0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480),
        )
    ]  # fmt: skip
    linear = [
        sum(share * one for share, one in zip(row, lms, strict=True))
        for row in (
            (4.0767416621, -3.3077115913, 0.2309699292),
            (-1.2684380046, 2.6097574011, -0.3413193965),
            (-0.0041960863, -0.7034186147, 1.7076147010),
        )
    ]
    if not all(-0.0005 <= one <= 1.0005 for one in linear):
        return None
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, one)))):02x}" for one in linear)


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_LINEAR[int(colour[at : at + 2], 16)] for at in (1, 3, 5))
    return red, green, blue


def _gamma(linear: float) -> float:
    return float(12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055)


_LINEAR = [one / 255 / 12.92 if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in range(256)]

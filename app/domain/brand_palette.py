"""Every colour of the screens, made from one: as near to it as letters on it, and it as letters, can be read.

Nothing is said about taste, only about contrast: letters have at least 4.5 to 1 on whatever they stand on, the edges of
what can be pressed and the ring around it 3 to 1. Each is kept by moving lightness only as far as needed, so a colour
that can be read as it is stays as it is, and hue and (where a screen can show it) chroma are always its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.brand import Ground
from app.domain.colour import BLACK, WHITE, contrast, luminance, oklch, shade

TEXT, EDGE = 4.5, 3.0
LIGHTEST_ON_DARK, DARKEST_ON_LIGHT = 0.09, 0.6
"""Luminance that no pixel of a wall's ground passes, whatever picture it is."""
DARK_PIXEL, LIGHT_PIXEL = "#555555", "#cccccc"
"""Greys just within these."""

Tokens = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Palette:
    """Tokens as tokens.css names them: the same at any time, and those of light and of dark devices."""

    always: Tokens
    by_day: Tokens
    by_night: Tokens


@lru_cache(maxsize=256)
def palette(accent: str, wall: str = Ground.DARK, ground: str = "", *, pictured: bool = False) -> Palette:
    """All colours for an accent `#rrggbb`, a dark or light wall, and perhaps a colour for its ground."""
    tint = _Tint(accent)
    night = _night(tint)
    cards = _cards(tint)
    on_wall = _dark_wall(tint, night, ground, pictured) if wall != Ground.LIGHT else _light_wall(tint, ground, pictured)
    return Palette({**night, **cards, **on_wall}, _by_day(tint), _by_night(tint))


class _Tint:
    """Shades of one colour; one without hue has grey ones."""

    def __init__(self, colour: str) -> None:
        self.colour = colour
        self.lightness, self.chroma, self.hue = oklch(colour)
        self._strength = min(1.0, self.chroma / 0.08)

    def __call__(self, lightness: float, chroma: float) -> str:
        return shade(lightness, chroma * self._strength, self.hue)

    def near(self, grounds: Iterable[str], least: float, *, lighter: bool) -> str:
        """The colour itself, or as much lighter or darker as it takes."""
        return moved(self.colour, grounds, least, lighter=lighter)


def moved(colour: str, grounds: Iterable[str], least: float, *, lighter: bool) -> str:
    """A colour that has `least` contrast on each of the grounds, moved towards light or dark no further than needed."""
    on = tuple(grounds)
    if all(contrast(colour, one) >= least for one in on):
        return colour
    start, chroma, hue = oklch(colour)
    bound = max(map(luminance, on)) if lighter else min(map(luminance, on))
    near, far = start, 1.0 if lighter else 0.0
    for _ in range(14):
        middle = (near + far) / 2
        tried = shade(middle, chroma, hue)
        beyond = luminance(tried) > bound if lighter else luminance(tried) < bound
        enough = beyond and all(contrast(tried, one) >= least for one in on)
        near, far = (near, middle) if enough else (middle, far)
    found = shade(far, chroma, hue)
    return found if all(contrast(found, one) >= least for one in on) else (WHITE if lighter else BLACK)


def _ink_on(grounds: Iterable[str], tint: _Tint) -> str:
    """Letters on a patch of colour: white where that can be read, else dark."""
    on = tuple(grounds)
    inks = (shade(0.99, 0.008, 85), WHITE, tint(0.2, 0.03), BLACK)
    return next((ink for ink in inks if all(contrast(ink, one) >= TEXT for one in on)), BLACK)


def _patch(tint: _Tint, grounds: Iterable[str], *, lighter: bool) -> tuple[str, str, str]:
    """A patch that stands out, the letters on it, and what it becomes under a pointer."""
    on = tuple(grounds)
    patch = tint.near(on, EDGE, lighter=lighter)
    ink = _ink_on([patch], tint)
    lightness, chroma, hue = oklch(patch)
    towards = -0.07 if luminance(ink) > luminance(patch) else 0.07
    pressed = shade(min(1.0, max(0.0, lightness + towards)), chroma, hue)
    usable = contrast(pressed, ink) >= TEXT and all(contrast(pressed, one) >= EDGE for one in on)
    return patch, ink, pressed if usable else patch


def _by_day(tint: _Tint) -> Tokens:
    grounds = (shade(0.985, 0.006, 85), WHITE, shade(0.957, 0.009, 85), wash := tint(0.95, 0.03))
    accent, on_accent, pressed = _patch(tint, grounds, lighter=False)
    return {
        "ink": tint(0.235, 0.025),
        "ink-soft": moved(tint(0.46, 0.025), grounds, TEXT, lighter=False),
        "accent": accent,
        "on-accent": on_accent,
        "accent-pressed": pressed,
        "accent-strong": tint.near(grounds, TEXT, lighter=False),
        "accent-wash": wash,
    }


def _by_night(tint: _Tint) -> Tokens:
    surfaces = {"paper": tint(0.2, 0.018), "surface": tint(0.255, 0.02), "sunken": tint(0.17, 0.016)}
    grounds = (*surfaces.values(), wash := tint(0.32, 0.05))
    accent, on_accent, pressed = _patch(tint, grounds, lighter=True)
    return {
        **surfaces,
        "line": tint(0.36, 0.02),
        "line-strong": moved(tint(0.6, 0.02), grounds, EDGE, lighter=True),
        "ink": shade(0.96, 0.008, 85),
        "ink-soft": moved(shade(0.77, 0.015, 85), grounds, TEXT, lighter=True),
        "accent": accent,
        "on-accent": on_accent,
        "accent-pressed": pressed,
        "accent-strong": tint.near(grounds, TEXT, lighter=True),
        "accent-wash": wash,
    }


def _night(tint: _Tint) -> Tokens:
    """The hall's dark: the floor's head, the stage's question."""
    names = {"night": tint(0.235, 0.045), "night-lit": tint(0.33, 0.07), "night-glow": tint(0.4, 0.09)}
    names["night-raised"] = tint(0.3, 0.065)
    grounds = tuple(names.values())
    on_night = shade(0.985, 0.008, 85)
    accent = tint.near(grounds, TEXT, lighter=True)
    toast = tint(0.27, 0.03)
    return {
        **names,
        "night-edge": moved(tint(0.75, 0.05), grounds, EDGE, lighter=True),
        "on-night": on_night,
        "on-night-soft": moved(tint(0.88, 0.02), grounds, TEXT, lighter=True),
        "on-night-faint": moved(tint(0.8, 0.03), grounds, TEXT, lighter=True),
        "on-night-accent": accent,
        "on-accent-of-night": _ink_on([accent], tint),
        "toast": toast,
    }


def _cards(tint: _Tint) -> Tokens:
    """White cards, on walls of any kind."""
    card, sunken, wash = shade(0.985, 0.008, 85), shade(0.94, 0.012, 85), tint(0.92, 0.05)
    grounds = (card, sunken, wash)
    label = tint.near([card], TEXT, lighter=False)
    return {
        "card": card,
        "card-sunken": sunken,
        "card-wash": wash,
        "card-ink": tint(0.24, 0.03),
        "card-ink-soft": moved(tint(0.43, 0.025), grounds, TEXT, lighter=False),
        "card-strong": tint.near(grounds, TEXT, lighter=False),
        "card-label": label,
        "on-card-label": _ink_on([label], tint),
    }


def _dark_wall(tint: _Tint, night: Tokens, ground: str, pictured: bool) -> Tokens:
    names = {
        "wall-ground": night["night"],
        "wall-ground-lit": night["night-lit"],
        "wall-ground-glow": night["night-glow"],
        "wall-ground-raised": night["night-raised"],
    }
    if ground:
        names = _around(_no_lighter(ground, LIGHTEST_ON_DARK * 0.62), LIGHTEST_ON_DARK)
    grounds = (*names.values(), *([DARK_PIXEL] if pictured else []))
    return {
        **names,
        "wall-line": "rgba(255, 255, 255, 0.16)",
        "wall-card-edge": "transparent",
        **_on_wall(tint, grounds, shade(0.985, 0.008, 85), tint(0.88, 0.02), tint(0.8, 0.03), lighter=True),
    }


def _light_wall(tint: _Tint, ground: str, pictured: bool) -> Tokens:
    names = {
        "wall-ground": tint(0.945, 0.022),
        "wall-ground-lit": tint(0.985, 0.01),
        "wall-ground-glow": tint(0.9, 0.05),
        "wall-ground-raised": tint(0.92, 0.035),
    }
    if ground:
        pale = _no_darker(ground, DARKEST_ON_LIGHT * 1.1)
        lightness, chroma, hue = oklch(pale)
        names = {
            "wall-ground": pale,
            "wall-ground-lit": shade(min(1.0, lightness + 0.03), chroma * 0.6, hue),
            "wall-ground-glow": _no_darker(shade(max(0.0, lightness - 0.03), chroma, hue), DARKEST_ON_LIGHT),
            "wall-ground-raised": _no_darker(shade(max(0.0, lightness - 0.02), chroma, hue), DARKEST_ON_LIGHT),
        }
    grounds = (*names.values(), *([LIGHT_PIXEL] if pictured else []))
    return {
        **names,
        "wall-line": "rgba(0, 0, 0, 0.16)",
        "wall-card-edge": "rgba(0, 0, 0, 0.1)",
        **_on_wall(tint, grounds, tint(0.22, 0.03), tint(0.38, 0.03), tint(0.45, 0.03), lighter=False),
    }


def _on_wall(tint: _Tint, grounds: tuple[str, ...], ink: str, soft: str, faint: str, *, lighter: bool) -> Tokens:
    accent = tint.near(grounds, TEXT, lighter=lighter)
    return {
        "wall-ink": moved(ink, grounds, TEXT, lighter=lighter),
        "wall-ink-soft": moved(soft, grounds, TEXT, lighter=lighter),
        "wall-ink-faint": moved(faint, grounds, TEXT, lighter=lighter),
        "wall-edge": moved(faint, grounds, EDGE, lighter=lighter),
        "wall-accent": accent,
        "wall-accent-ink": _ink_on([accent], tint),
    }


def _around(ground: str, most: float) -> dict[str, str]:
    """A dark ground with its lights."""
    lightness, chroma, hue = oklch(ground)
    lighter = {"wall-ground-lit": 0.04, "wall-ground-glow": 0.06, "wall-ground-raised": 0.03}
    lit = {name: _no_lighter(shade(lightness + more, chroma, hue), most) for name, more in lighter.items()}
    return {"wall-ground": ground, **lit}


def _no_lighter(colour: str, most: float) -> str:
    return _within(colour, lambda tried: luminance(tried) <= most, towards=0.0)


def _no_darker(colour: str, least: float) -> str:
    return _within(colour, lambda tried: luminance(tried) >= least, towards=1.0)


def _within(colour: str, fits: Callable[[str], bool], *, towards: float) -> str:
    if fits(colour):
        return colour
    near, chroma, hue = oklch(colour)
    far = towards
    for _ in range(14):
        middle = (near + far) / 2
        near, far = (near, middle) if fits(shade(middle, chroma, hue)) else (middle, far)
    return shade(far, chroma, hue)

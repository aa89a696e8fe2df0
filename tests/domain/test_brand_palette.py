"""Whatever colour an organiser brings: letters can be read everywhere, and what can be pressed is seen."""

import re
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.brand import HOUSE_COLOURS
from app.domain.brand_palette import (
    DARK_PIXEL,
    DARKEST_ON_LIGHT,
    LIGHT_PIXEL,
    LIGHTEST_ON_DARK,
    Palette,
    palette,
)
from app.domain.colour import contrast, luminance, oklch, read_colour, shade
from app.domain.colour_names import COLOUR_NAMES
from app.views.static_files import FRONTEND

TOKENS = (FRONTEND / "static" / "css" / "tokens.css").read_text()
BY_DAY = {"paper": shade(0.985, 0.006, 85), "surface": "#ffffff", "sunken": shade(0.957, 0.009, 85)}
ON_PAPER = ("paper", "surface", "sunken", "accent-wash")
IN_THE_HALL = ("night", "night-lit", "night-glow", "night-raised")
ON_THE_WALL = ("wall-ground", "wall-ground-lit", "wall-ground-glow", "wall-ground-raised")
ON_A_CARD = ("card", "card-sunken", "card-wash")

LETTERS = (
    *product(("ink", "ink-soft", "accent-strong"), ON_PAPER),
    ("on-accent", "accent"),
    ("on-accent", "accent-pressed"),
    *product(("on-night", "on-night-soft", "on-night-faint", "on-night-accent"), IN_THE_HALL),
    ("on-accent-of-night", "on-night-accent"),
    ("on-night", "toast"),
    *product(("card-ink", "card-ink-soft", "card-strong"), ON_A_CARD),
    ("on-card-label", "card-label"),
    *product(("wall-ink", "wall-ink-soft", "wall-ink-faint", "wall-accent"), ON_THE_WALL),
    ("wall-accent-ink", "wall-accent"),
)
"""What is written, and in what it is written."""
EDGES = (
    *product(("accent", "accent-pressed", "line-strong"), ON_PAPER),
    *product(("night-edge", "on-night-accent"), IN_THE_HALL),
    *product(("wall-edge", "wall-accent"), ON_THE_WALL),
)
"""Borders of what can be pressed, and the ring around what the keyboard is at."""

colours = st.from_regex(r"#[0-9a-f]{3}|#[0-9a-f]{6}", fullmatch=True) | st.sampled_from(sorted(COLOUR_NAMES))


def problems(found: Palette, *, pictured: bool, wall: str) -> list[str]:
    wrong = []
    day = {"line-strong": shade(0.6, 0.02, 85), **BY_DAY, **found.by_day}
    for when, tokens in (("day", {**day, **found.always}), ("night", {**found.by_night, **found.always})):
        for least, pairs in ((4.5, LETTERS), (3.0, EDGES)):
            wrong += [
                f"{when}: {one} in {other} is {contrast(tokens[one], tokens[other]):.2f}"
                for one, other in pairs
                if contrast(tokens[one], tokens[other]) < least
            ]
        if pictured:
            pixel = LIGHT_PIXEL if wall == "light" else DARK_PIXEL
            inks = ("wall-ink", "wall-ink-soft", "wall-ink-faint", "wall-accent")
            wrong += [f"{ink} on a picture" for ink in inks if contrast(tokens[ink], pixel) < 4.5]
    return wrong


@settings(max_examples=150, deadline=None)
@given(
    accent=colours,
    wall=st.sampled_from(("dark", "light")),
    ground=st.just("") | colours,
    pictured=st.booleans(),
)
@example(accent="#e6ff00", wall="dark", ground="", pictured=True)
@example(accent="#0a0a0a", wall="dark", ground="#808080", pictured=False)
@example(accent="grey", wall="light", ground="grey", pictured=True)
@example(accent="white", wall="light", ground="black", pictured=False)
@example(accent="black", wall="dark", ground="white", pictured=False)
def test_letters_and_edges_are_seen_on_all_that_they_stand_on(
    accent: str, wall: str, ground: str, pictured: bool
) -> None:
    ground = read_colour(ground) if ground else ""
    found = palette(read_colour(accent), wall, ground, pictured=pictured)
    assert problems(found, pictured=pictured, wall=wall) == []
    lights = [luminance(found.always[name]) for name in ON_THE_WALL]
    assert min(lights) >= DARKEST_ON_LIGHT - 1e-6 if wall == "light" else max(lights) <= LIGHTEST_ON_DARK + 0.03


@pytest.mark.parametrize("name", sorted(COLOUR_NAMES))
def test_every_name_of_css_is_a_colour_to_read(name: str) -> None:
    for wall in ("dark", "light"):
        assert problems(palette(read_colour(name), wall), pictured=False, wall=wall) == []


@settings(max_examples=100, deadline=None)
@given(accent=colours)
def test_a_colour_that_can_be_read_as_it_is_stays_as_it_is_and_another_keeps_its_hue(accent: str) -> None:
    colour = read_colour(accent)
    found = palette(colour).by_day["accent"]
    if all(contrast(colour, on) >= 3 for on in (*BY_DAY.values(), palette(colour).by_day["accent-wash"])):
        assert found == colour
    _, chroma, hue = oklch(colour)
    _, now_chroma, now_hue = oklch(found)
    if min(chroma, now_chroma) > 0.04:
        assert min(abs(hue - now_hue), 360 - abs(hue - now_hue)) < 6


def test_our_own_colours_are_those_of_the_sheet() -> None:
    """What is computed here stands beside what tokens.css says, on the same paper."""
    hues = {
        "teal": 195,
        **{name: int(hue) for name, hue in re.findall(r'\[data-accent="(\w+)"\] \{ --hue: (\d+)', TOKENS)},
    }
    assert {name: shade(0.47, 0.1, hue) for name, hue in hues.items()} == HOUSE_COLOURS
    for name, told in {"paper": "0.985 0.006 85", "surface": "1 0 0", "sunken": "0.957 0.009 85"}.items():
        assert f"  --{name}: oklch({told});" in TOKENS
    assert "  --line-strong: oklch(0.6 0.02 85);" in TOKENS


def test_every_token_of_a_palette_is_one_of_the_sheet() -> None:
    found = palette("#e6007e")
    named = {*found.always, *found.by_day, *found.by_night}
    assert named - set(re.findall(r"--([\w-]+):", TOKENS)) == set()

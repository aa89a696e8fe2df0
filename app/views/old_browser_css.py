"""A sheet once more for browsers of 2021 (Safari 14, Chrome 90): the same picture without layers, `oklch` and `:has`.

They drop a whole `@layer` and know no colour by lightness, chroma and hue. So each sheet is followed by a copy of it
that newer browsers skip. There, what a layer decides is decided by specificity, each colour is computed for every
accent, and "has something in it" is asked of `data-filled`, which `old_browsers.js` sets. What came between
them (Safari 14.0 knows neither `inset-inline` nor a gap between flexed boxes) `safari_14_css.py` says in the older way.
"""

import re
from collections.abc import Iterator
from math import cos, radians, sin

from app.views.safari_14_css import older

ONLY_OLD = "@supports not (color: oklch(0 0 0))"
STRONGER = {"components": ":root", "pages": ":root:root:root"}
"""What a selector of a layer begins with, so that it wins over all of the layers before."""

_RULE = re.compile(r"([^{};]*)\{")
_OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+|var\(--hue\))(?: / ([\d.]+))?\)")
_HUE = re.compile(r'\[data-accent="(\w+)"\] \{ --hue: (\d+); \}')
_FILLED = re.compile(r":has\((?:> (?:\*|\.post(?::not\(\.leaving\))?|:not\(\[hidden\]\))|\.question)\)")
_NAMED = re.compile(r"(--[\w-]+): [^;{}]*;\s?")
_UNKNOWN = re.compile(
    r"(?<![\w-])(?:text-wrap|field-sizing|content-visibility|contain-intrinsic-size|container-type): [^;]*;\s?"
)
_BY_CONTAINER = re.compile(r"[\w-]+: [^;]*\dcq[wh][^;]*;?\s?")
"""Before it stands what is said without a container."""
BARE = ":focus-visible"
"""By itself it is left out with its rule: every browser has an outline of its own."""
_DROPPED = ("@starting-style", "@supports", "@media (forced-colors")


def for_old_browsers(text: str, layer: str) -> str:
    """A sheet that stands in a layer, as browsers without layers read it."""
    default = re.search(r"--hue: (\d+);", text)
    hues = {"": default[1] if default else "", **dict(_HUE.findall(text))}
    rules = "\n".join(_rules(_HUE.sub("", text), STRONGER.get(layer, ""), hues))
    return f"{ONLY_OLD} {{\n{rules}\n}}" if rules else ""


def without_unused(text: str) -> str:
    """A joined sheet that names only what something in it is painted or measured with."""
    used = set(re.findall(r"var\((--[\w-]+)", text))
    less = _NAMED.sub(lambda named: named[0] if named[1] in used else "", text)
    return text if less == text else without_unused(less)


def _rules(text: str, stronger: str, hues: dict[str, str]) -> Iterator[str]:
    for prelude, body in _blocks(text):
        if prelude.startswith(_DROPPED):
            continue
        if prelude.startswith("@media"):
            yield f"{prelude} {{\n" + "\n".join(_rules(body, stronger, hues)) + "\n}"
        elif prelude.startswith("@"):
            yield f"{prelude} {{{body}}}"
        else:
            yield from _rule(prelude, body, stronger, hues)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each rule of a sheet: what stands before its braces, and what between them."""
    at = 0
    while found := _RULE.search(text, at):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield " ".join(found[1].split()), text[found.end() : end - 1]
        at = end


def _rule(prelude: str, body: str, stronger: str, hues: dict[str, str]) -> Iterator[str]:
    selectors = [one for one in _selectors(_FILLED.sub("[data-filled]", prelude)) if ":has(" not in one]
    # A selector that a browser does not know takes its whole rule with it.
    known = [one if one == BARE else one.replace(BARE, ":focus") for one in selectors]
    for group in ([one for one in known if one != BARE], [one for one in known if one == BARE]):
        if group:
            sought = [_stronger(one, stronger) for one in group]
            yield from older(sought, _plain(body, hues[""]))
    if "var(--hue)" in body:  # The tint of a shadow is not seen.
        turning = "".join(one.strip() + "; " for one in body.split(";") if "var(--hue)" in one and "shadow" not in one)
        for accent, hue in hues.items():
            if accent:
                yield f'[data-accent="{accent}"]{prelude.removeprefix(":root")} {{ {_plain(turning, hue)}}}'


def _selectors(prelude: str) -> Iterator[str]:
    """What a rule is for: a comma within parentheses parts nothing, however deep they are."""
    depth, begins = 0, 0
    for at, sign in enumerate(prelude):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield prelude[begins:at].strip()
            begins = at + 1
    yield prelude[begins:].strip()


def _stronger(selector: str, by: str) -> str:
    if not by:
        return selector
    return by + selector.removeprefix(":root") if selector.startswith(":root") else f"{by} {selector}"


def _plain(body: str, hue: str) -> str:
    body = _OKLCH.sub(lambda found: _rgb(found[1], found[2], found[3].replace("var(--hue)", hue), found[4]), body)
    body = _BY_CONTAINER.sub("", _UNKNOWN.sub("", body))
    return re.sub(r"(\d)dvh", r"\1vh", body).replace("overflow: clip", "overflow: hidden")


def _rgb(lightness: str, chroma: str, hue: str, alpha: str | None) -> str:
    """Oklab by Björn Ottosson, as CSS has it; what a screen cannot show is brought to its edge."""
    a, b = float(chroma) * cos(radians(float(hue))), float(chroma) * sin(radians(float(hue)))
    lms = [
        (float(lightness) + in_a * a + in_b * b) ** 3
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
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, one)))) for one in linear)
    return f"rgba({red}, {green}, {blue}, {alpha})" if alpha else f"#{red:02x}{green:02x}{blue:02x}"


def _gamma(linear: float) -> float:
    return float(12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055)

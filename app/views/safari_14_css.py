"""A rule in the words of Safari 14.0, without logical shorthands, `inset`, gaps between flexed boxes, `aspect-ratio`.

`old_browser_css.py` says each rule so in the copy that it makes.
"""

import re
from collections.abc import Iterator, Sequence

_ENDS = {
    "inset-block": ("top", "bottom"),
    "margin-block": ("margin-top", "margin-bottom"),
    "padding-block": ("padding-top", "padding-bottom"),
    "margin-inline": ("margin-inline-start", "margin-inline-end"),
    "padding-inline": ("padding-inline-start", "padding-inline-end"),
    "inset-inline": ("inset-inline-start", "inset-inline-end"),
}
"""Both ends of a direction; a line begins left or right, a block always above."""
_ABOVE = {
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "margin-block-start": "margin-top",
    "margin-block-end": "margin-bottom",
    "padding-block-start": "padding-top",
    "padding-block-end": "padding-bottom",
}
_SIDES = {"inset-inline-start": ("left", "right"), "inset-inline-end": ("right", "left")}
"""Where a line begins from the left, and from the right."""
_ALSO = {"overflow-wrap: anywhere": "word-break: break-word"}
"""What says the same to who does not know it."""
RIGHT_TO_LEFT = '[dir="rtl"]'
GAPLESS = ":where([data-gapless])"
"""Set by `old_browsers.js` where a gap between flexed boxes is not drawn: no style sheet can ask for that."""


def older(selectors: Sequence[str], body: str) -> Iterator[str]:
    """The rule, and what follows it where words stand from right to left, or where a gap or a shape is not known."""
    said = dict(_both_ends(body))
    yield _rule(selectors, _upright(said, 0))
    if _upright(said, 0) != _upright(said, 1):
        turned = {name: value for name, value in said.items() if name in _SIDES}
        other = dict.fromkeys(_upright(turned, 0), "auto") | _upright(turned, 1)
        yield _rule([_where(one, RIGHT_TO_LEFT) for one in selectors], other)
    if "flex" in said.get("display", "") and said.get("gap", "0") != "0":
        yield from _gap(selectors, said)
    if ratio := re.fullmatch(r"(\d+) / (\d+)", said.get("aspect-ratio", "")):
        high = {"content": '""', "display": "block", "padding-top": f"{100 * int(ratio[2]) / int(ratio[1]):g}%"}
        yield "@supports not (aspect-ratio: 1) {"
        yield _rule([f"{one}::before" for one in selectors], high)
        yield _rule([f"{one} > *" for one in selectors], {"position": "absolute", "top": "0", "left": "0"})
        yield "}"


def _rule(selectors: Sequence[str], said: dict[str, str]) -> str:
    told = [f"{name}: {value}" for name, value in said.items()]
    words = " ".join(f"{_ALSO[one]}; {one};" if one in _ALSO else f"{one};" for one in told)
    return f"{', '.join(selectors)} {{ {words} }}"


def _both_ends(body: str) -> Iterator[tuple[str, str]]:
    for one in body.split(";"):
        name, _, value = one.partition(":")
        name, value = name.strip(), value.strip()
        if name == "inset":
            yield from zip(("top", "right", "bottom", "left"), _four(_apart(value)), strict=True)
        elif name in _ENDS:
            values = _apart(value)
            yield from zip(_ENDS[name], (values[0], values[-1]), strict=True)
        elif name:
            yield _ABOVE.get(name, name), value


def _four(values: list[str]) -> tuple[str, str, str, str]:
    above, right = values[0], values[1 % len(values)]
    return above, right, values[2] if len(values) > 2 else above, values[3] if len(values) > 3 else right


def _apart(value: str) -> list[str]:
    """Values that stand side by side: a space within parentheses parts nothing."""
    found, depth = [""], 0
    for sign in value:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == " " and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [one for one in found if one] or [""]


def _upright(said: dict[str, str], direction: int) -> dict[str, str]:
    return {_SIDES[name][direction] if name in _SIDES else name: value for name, value in said.items()}


def _where(selector: str, asked: str) -> str:
    """The selector on a page of which that is true."""
    if selector.startswith(":root"):
        return f":root{asked}{selector.removeprefix(':root')}"
    return f"{asked} {selector}"


def _gap(selectors: Sequence[str], said: dict[str, str]) -> Iterator[str]:
    gaps = _apart(said["gap"].removesuffix(" !important"))
    rows, between = gaps[0], gaps[-1]
    column = said.get("flex-direction", "").startswith("column")
    places = [_where(one, GAPLESS) for one in selectors]
    after = {"margin-top": rows} if column else {"margin-inline-start": between}
    yield _rule([f"{one} > * + *" for one in places], after)
    if said.get("flex-wrap") == "wrap" and rows != "0":
        yield _rule([f"{one} > *" for one in places], {"margin-bottom": rows})

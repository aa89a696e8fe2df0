"""The copy of a sheet for browsers of 2021: nothing that they do not know, every colour, the same order of layers."""

import re

import pytest

from app.views.bundles import joined
from app.views.old_browser_css import ONLY_OLD, for_old_browsers
from app.views.static_files import FRONTEND

STATIC = FRONTEND / "static"
SCREENS = sorted(file.relative_to(STATIC).as_posix() for file in (STATIC / "css" / "bundles").glob("*.css"))


def copy_of(screen: str) -> str:
    """What stands under `@supports not`, all of it."""
    text = joined(screen, lambda part: (STATIC / part).read_text())
    return "".join(to_its_brace(rest.removeprefix(" {")) for rest in text.split(ONLY_OLD)[1:])


def to_its_brace(text: str) -> str:
    depth = 1
    for at, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if not depth:
            return text[:at]
    raise AssertionError("a brace is missing")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_copy_says_nothing_that_an_old_browser_does_not_know(screen: str) -> None:
    copy = copy_of(screen)
    assert re.findall(r"oklch|@layer|:has\(|dvh|color-mix|@starting-style|overflow: clip|var\(--hue\)", copy) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_copy_has_every_rule_that_it_can_have(screen: str) -> None:
    text = joined(screen, lambda part: (STATIC / part).read_text())
    wanted = set(re.findall(r"\.[a-z][\w-]+", re.sub(r"[^{}]*:has\([^{}]*\{[^{}]*\}", "", text)))
    forced = set(re.findall(r"\.[a-z][\w-]+", (STATIC / "css" / "forced.css").read_text()))
    assert wanted - set(re.findall(r"\.[a-z][\w-]+", copy_of(screen))) <= forced


@pytest.mark.parametrize("accent", ["plum", "coral", "ocean", "moss", "amber"])
def test_every_accent_has_colours_of_its_own(accent: str) -> None:
    rules = dict(re.findall(r'\[data-accent="(\w+)"\] \{ (.*?) ?\}', copy_of("css/bundles/floor.css")))
    assert len(re.findall(r"--[\w-]+: [^;]*#[0-9a-f]{6}", rules[accent])) >= 10
    assert sum(rules[accent] == other for other in rules.values()) == 1


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [
        ("oklch(1 0 0)", "#ffffff"),
        ("oklch(0 0 0)", "#000000"),
        ("oklch(0.62796 0.25768 29.234)", "#ff0000"),
        ("oklch(0.86644 0.29483 142.495)", "#00ff00"),
        ("oklch(0.45201 0.31321 264.052)", "#0000ff"),
        ("oklch(1 0 0 / 0.14)", "rgba(255, 255, 255, 0.14)"),
        ("oklch(0.7 0.4 150)", "#00d600"),
    ],
)
def test_a_colour_is_the_one_that_a_screen_shows(colour: str, wanted: str) -> None:
    assert f"color: {wanted};" in for_old_browsers(f"p {{ color: {colour}; }}", "base")


def test_a_later_layer_wins_whatever_its_selectors_weigh() -> None:
    assert ":root .a, :root .b {" in for_old_browsers(".a, .b { top: 0; }", "components")
    assert ":root:root:root .a {" in for_old_browsers(".a { top: 0; }", "pages")
    assert ":root:root:root[lang] {" in for_old_browsers(":root[lang] { top: 0; }", "pages")


def test_a_comma_within_parentheses_parts_no_selectors() -> None:
    """Half a selector is an open parenthesis, and that swallows all that follows in the file, for new browsers too."""
    copy = for_old_browsers(".a :is(.b, .c:has(i)), .d:not(.e, :is(.f, .g)) { top: 0; }", "base")
    assert copy == f"{ONLY_OLD} {{\n.d:not(.e, :is(.f, .g)) {{ top: 0; }}\n}}"


@pytest.mark.parametrize("screen", SCREENS)
def test_a_sheet_closes_what_it_opens(screen: str) -> None:
    text = joined(screen, lambda part: (STATIC / part).read_text())
    assert [rule for rule in re.split("[{};]", text) if rule.count("(") != rule.count(")")] == []


def test_a_selector_that_is_not_known_takes_no_other_with_it() -> None:
    copy = for_old_browsers(".a:focus-visible, .b:hover, .c:has(i) { top: 0; }", "base")
    assert ".b:hover { top: 0; }" in copy
    assert ".a:focus-visible { top: 0; }" in copy
    assert ".c" not in copy

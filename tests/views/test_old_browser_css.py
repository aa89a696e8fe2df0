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


OF_2021 = """
    -webkit-box-orient -webkit-print-color-adjust -webkit-line-clamp -webkit-text-size-adjust -webkit-user-select align-content align-items align-self
    animation animation-duration background border border-block-end border-block-start border-bottom break-after break-inside column-gap columns column-span isolation border-collapse border-color border-inline-start border-inline-start-color border-radius
    border-style border-top bottom box-shadow box-sizing clip-path color color-scheme content counter-increment counter-reset cursor direction display fill filter flex
    flex-basis flex-direction flex-grow flex-wrap font font-display font-family font-size font-style font-variant-numeric
    font-weight gap grid-area grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-start grid-row grid-template grid-template-columns grid-template-rows height
    justify-content justify-items justify-self left letter-spacing line-height list-style margin margin-bottom
    margin-inline-end margin-inline-start margin-top max-height max-width min-height min-width object-fit object-position opacity order outline
    orphans
    outline-offset overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-inline-end padding-inline-start
    padding-top place-content place-items pointer-events position resize right src stroke stroke-linecap stroke-linejoin
    stroke-width text-align text-anchor text-decoration text-overflow text-transform text-underline-offset top touch-action transform transition
    unicode-bidi unicode-range vertical-align visibility white-space widows width word-break z-index
"""
KNOWN = frozenset(OF_2021.split())
"""What Safari 14.0 and Chrome 90 both know, as far as we say it."""
MORE = {
    "accent-color": "a box to tick is blue",
    "aspect-ratio": "a rule of its own says the shape",
    "contain": "it only spares work",
    "hyphens": "a long word breaks without one",
    "inherits": "of @property, which only spares work",
    "initial-value": "of @property",
    "overscroll-behavior": "the page behind scrolls on",
    "print-color-adjust": "-webkit- stands beside it",
    "scroll-behavior": "it is for who wants no motion",
    "scroll-margin-block": "a sticky bar stands over what was jumped to",
    "scroll-margin-top": "the same",
    "scroll-margin-block-start": "the same",
    "scroll-padding-block": "the same",
    "size": "of @page: the paper is as the printer has it",
    "scrollbar-width": "a scrollbar is as wide as elsewhere",
    "syntax": "of @property",
    "text-decoration-thickness": "a line is a little thicker",
    "text-size-adjust": "-webkit- stands beside it",
    "user-select": "-webkit- stands beside it",
}
"""What may be unknown, and what is to be seen then."""
ASKED = {":active", ":checked", ":disabled", ":empty", ":first-child", ":first-of-type", ":focus", ":focus-visible", ":focus-within", ":hover",
         ":is", ":last-child", ":not", ":nth-child", ":nth-last-child", ":nth-of-type", ":only-child", ":placeholder-shown", ":root", ":target", ":where",
         "::-webkit-details-marker", "::after", "::backdrop", "::before", "::first-letter"}  # fmt: skip
COMPUTED = {"calc", "counter", "cubic-bezier", "drop-shadow", "env", "format", "inset", "max", "min", "minmax", "radial-gradient", "repeat", "rgb", "rgba", "rotate", "scale",
            "translateY", "url", "var"}  # fmt: skip
MEASURES = {"", "%", "deg", "em", "fr", "mm", "ms", "pt", "px", "rem", "s", "vh", "vmin", "vw"}
AT_RULES = (
    "@font-face",
    "@keyframes",
    "@media (max-",
    "@media (min-",
    "@media (prefers-",
    "@media print ",
    "@page ",
    "@property",
    "@supports not (aspect",
)
NO_RULE_LOST = ("@media (scripting: enabled)",)
"""What is asked there saves work only."""


def unknown_of(copy: str) -> set[str]:
    """All that is beyond Safari 14.0 or Chrome 90 and has nothing beside it."""
    found = {rule for rule in re.findall(r"@[a-z-]+[^{]*", copy) if not rule.startswith((*AT_RULES, *NO_RULE_LOST))}
    found |= set(re.findall(r"(?<=[\w\])*\s])::?[a-z][a-z-]*", re.sub(r"\{[^{}]*\}", "{", copy))) - ASKED
    for _, body in re.findall(r"([^{};]*)\{([^{};]*:[^{}]*)\}", copy):
        said = dict(re.findall(r"([\w-]+): ([^;]*)", body))
        own = {name: value for name, value in said.items() if not name.startswith("--")}
        found |= own.keys() - KNOWN - MORE.keys()
        plain = re.sub(r"url\([^)]*\)|\"[^\"]*\"|#[0-9a-f]{3,8}\b|U\+[^;]*|--[\w-]+", "", " ".join(said.values()))
        found |= {f"{name}()" for name in re.findall(r"([a-zA-Z][\w-]*)\(", plain)} - {f"{name}()" for name in COMPUTED}
        found |= set(re.findall(r"(?<![\w.-])[\d.]+([a-z]+|%|)(?![\w.])", plain)) - MEASURES
        found |= {"user-select"} if "user-select" in said and "-webkit-user-select" not in said else set()
        found |= {"overflow-wrap: anywhere"} if "anywhere" in body and "word-break: break-word" not in body else set()
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_a_copy_says_all_of_it_in_words_of_2021(screen: str) -> None:
    """Whatever is written into a sheet next: what is not in these lists fails here first."""
    assert unknown_of(copy_of(screen)) == set()


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("p { inset-inline: 0; }", set()),
        ("p { translate: 0 1px; }", {"translate"}),
        ("p { height: 10svh; }", {"svh"}),
        ("p:has(> i, b) { top: 0; }", set()),
        ("p:dir(rtl) { top: 0; }", {":dir"}),
        ("p { width: round(1px, 2px); }", {"round()"}),
        ("@container (min-width: 1px) { p { top: 0; } }", {"@container (min-width: 1px) "}),
        ("p { user-select: none; }", {"user-select"}),
        ("p { overflow-wrap: anywhere; }", set()),
    ],
)
def test_what_is_beyond_those_browsers_is_found(rule: str, told: set[str]) -> None:
    assert unknown_of(for_old_browsers(rule, "pages").removeprefix(f"{ONLY_OLD} {{")) == told


@pytest.mark.parametrize(
    ("rule", "older"),
    [
        ("p { inset: 0 1px; }", ["p { top: 0; right: 1px; bottom: 0; left: 1px; }"]),
        ("p { padding-inline: calc(1px + 2px) 0; }", ["p { padding-inline-start: calc(1px + 2px); padding-inline-end: 0; }"]),
        ("p { inset-inline: 1px auto; }", ["p { left: 1px; right: auto; }", '[dir="rtl"] p { left: auto; right: 1px; }']),
        ("p { inset-inline: 1px; margin-block: 2px; }", ["p { left: 1px; right: 1px; margin-top: 2px; margin-bottom: 2px; }"]),
        ("p { display: flex; gap: 1px 2px; }", [
            "p { display: flex; gap: 1px 2px; }", ":where([data-gapless]) p > * + * { margin-inline-start: 2px; }"]),
        ("p { display: flex; flex-direction: column; gap: 1px; }", [
            "p { display: flex; flex-direction: column; gap: 1px; }", ":where([data-gapless]) p > * + * { margin-top: 1px; }"]),
        ("p { display: grid; gap: 1px; }", ["p { display: grid; gap: 1px; }"]),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_the_older_way(rule: str, older: list[str]) -> None:
    assert for_old_browsers(rule, "base").splitlines() == [f"{ONLY_OLD} {{", *older, "}"]


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
    assert ".a:focus { top: 0; }" not in copy  # it stands with the others, for browsers that know no other
    assert ".a:focus, .b:hover { top: 0; }" in copy
    assert ".c" not in copy

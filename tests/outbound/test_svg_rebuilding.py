"""A drawing keeps what can be seen of it; whatever else it carries stays outside, or keeps it outside."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.outbound.svg_rebuilding import MOST_LAYERS, MOST_SHAPES, BadDrawing, _rules, rebuilt

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"'
PATH = '<path d="M0 0h40v20z" fill="#e6007e"/>'
SECRET = "alert(document.domain)"


def svg(within: str, head: str = HEAD) -> bytes:
    return f"{head}>{within}</svg>".encode()


def drawn(within: str) -> str:
    return rebuilt(svg(within))[0]


@pytest.mark.parametrize(
    "harm",
    [
        f"<script>{SECRET}</script>",
        f'<g onload="{SECRET}">{PATH}</g>',
        f'<a xlink:href="javascript:{SECRET}">{PATH}</a>',
        f'<a href="https://evil.example/">{PATH}</a>',
        f'<animate attributeName="href" values="javascript:{SECRET}"/>',
        f'<set attributeName="onmouseover" to="{SECRET}"/>',
        f"<metadata>{SECRET}</metadata><title>{SECRET}</title><desc>{SECRET}</desc>",
        f'<x:y xmlns:x="urn:x">{SECRET}</x:y>',
        f"<!-- {SECRET} --><?php {SECRET} ?>",
        f"<style>@import url(https://evil.example/{SECRET});</style>",
        '<use href="https://evil.example/a.svg#b"/>',
        '<use href="data:image/svg+xml,evil.example"/>',
        f'<path d="M0 0" fill="url(https://evil.example/#a)"/><path style="fill:url(//evil.example/{SECRET})" d="M0 0"/>',
        f'<path d="M0 0" class="a" id="&quot;&gt;&lt;script&gt;{SECRET}" fill="expression({SECRET})"/>',
        f'<path d="M0 0" data-note="{SECRET}"/>',
    ],
)
def test_nothing_that_a_browser_would_obey_is_written(harm: str) -> None:
    found = drawn(harm + PATH)
    assert not re.search(r"alert|evil|script|href=\"(?!#)|on\w+=|import|animate|<set|<!--|<\?", found), found
    assert 'd="M0 0h40v20z"' in found
    ElementTree.fromstring(found)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ('<image href="file:///etc/passwd" width="9" height="9"/>', "a picture inside it"),
        ("<text>Box 10</text>", "letters in a font"),
        ("<foreignObject><p/></foreignObject>", "a web page inside it"),
        ("<svg><path/></svg>", "a drawing inside it"),
        ('<filter id="f"><feFlood/></filter>', "filters"),
        ('<path filter="url(#f)" d="M0 0"/>', "filters"),
        ('<pattern id="p"/>', "patterns"),
        ('<path d="M0 0h1e9" stroke-dasharray=".0001"/>', "dashed lines"),
        ("<style>.a{stroke-dasharray:.0001}</style><path class='a' d='M0 0h9'/>", "dashed lines"),
    ],
)
def test_what_would_look_different_without_it_is_refused_by_name(what: str, said: str) -> None:
    with pytest.raises(BadDrawing, match=said):
        drawn(PATH + what)


def nested_uses(deep: int) -> str:
    """Each draws the one before ten times."""
    groups = ['<g id="u0"><path d="M0 0h1v1z"/></g>']
    groups += [f'<g id="u{number}">' + f'<use href="#u{number - 1}"/>' * 10 + "</g>" for number in range(1, deep)]
    return f"<defs>{''.join(groups)}</defs>" + f'<use href="#u{deep - 1}"/>'


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + svg("&b;"),
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;"),
        svg(PATH).decode().encode("utf-16"),
        svg(nested_uses(9)),
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        svg('<clipPath id="c"><path d="M0 0" clip-path="url(#c)"/></clipPath>' + PATH),
        svg("<g>" * 5_000 + "</g>" * 5_000),
        svg(PATH * (MOST_SHAPES + 1)),
        svg('<g opacity=".5">' + PATH + "</g>" + '<g mask="url(#m)"/>' * (MOST_LAYERS + 1)),
        svg(PATH, HEAD.replace('viewBox="0 0 40 20"', "")),
        svg(PATH, HEAD.replace("0 0 40 20", "0 0 1e99 1")),
        svg(PATH, HEAD.replace("0 0 40 20", "0 0 -4 2")),
        svg(PATH, HEAD.replace("0 0 40 20", "0 0 4000 2")),
        b"<svg>" + PATH.encode() + b"</svg>",
        b"<html><svg/></html>",
        b"<svg",
        b"<" * 100_000,
        svg(" " * 1_100_000),
    ],
)
def test_a_bomb_and_what_is_no_drawing_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(BadDrawing, match=r"\.$"):
        rebuilt(content)


def test_a_drawing_keeps_its_colours_however_they_are_told() -> None:
    style = "<style>.st0{fill:#123456} .st1,.st2{fill:none;stroke:#abcdef} #own{opacity:.5}</style>"
    gradient = '<linearGradient id="g" x1="0" x2="1"><stop offset="0" style="stop-color:red"/></linearGradient>'
    found = drawn(
        f'{style}<defs>{gradient}</defs><path class="st0" d="M0 0z"/><path class="st2" d="M1 1z"/>'
        '<g style="fill: url(#g)" transform="translate(3 4)"><circle id="own" r="3"/></g><use xlink:href="#own" x="2"/>'
    )
    for told in (
        'fill="#123456"',
        'stroke="#abcdef"',
        'opacity=".5"',
        'stop-color="red"',
        'fill="url(#g)"',
        'href="#own"',
    ):
        assert told in found
    assert rebuilt(svg(PATH))[1] == 2.0
    assert rebuilt(svg(PATH, HEAD.replace('viewBox="0 0 40 20"', 'width="30mm" height="10mm"')))[1] == 3.0


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40), st.sampled_from(["id", "d", "fill", "style", "class"])
)
def test_no_value_gets_out_of_its_attribute(text: str, name: str) -> None:
    node = ElementTree.Element("{http://www.w3.org/2000/svg}path", {name: "".join(filter(str.isprintable, text))})
    try:
        found = rebuilt(svg(ElementTree.tostring(node, encoding="unicode")))[0]
    except BadDrawing:
        return
    assert [one.tag for one in ElementTree.fromstring(found).iter()] == [
        f"{{http://www.w3.org/2000/svg}}{one}" for one in ("svg", "path")
    ]


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["/*", "*/", "{", "}", ".a", "#b", ",", "fill:red", ";", "@media x", " "])).map("".join)
)
def test_rules_are_those_that_a_pattern_would_find(style: str) -> None:
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    expected = {one.strip() for selectors, _ in RULE.findall(plain) for one in selectors.split(",")}
    assert {selector for selector, _ in _rules(style)} == expected


@pytest.mark.parametrize("much", ["a", "/*", "<!DOCTYPE", "{", "}", "a{", ",", "/**/"])
def test_no_sheet_however_odd_is_read_over_and_over(much: str) -> None:
    """Within the size that is taken at all; read anew from every letter, it would take hours."""
    words = much * (900_000 // len(much))
    for content in (f"<style><![CDATA[{words}]]></style>", words):
        try:
            rebuilt(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{content}</svg>'.encode())
        except BadDrawing:
            continue

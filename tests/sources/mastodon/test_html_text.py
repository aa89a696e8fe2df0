"""HTML of strangers becomes text and links, as their readers see it; nothing else of it comes through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources import Unreadable
from app.sources.mastodon.html_text import LONGEST_HTML, plain, segments_of

SEEN = [
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("<p>one<br>two<br />three</p>", "one\ntwo\nthree"),
    ("a<br><br><br><br>b", "a\n\nb"),
    ("<p></p><p> one </p>\n<p>\n two\n three</p>", "one \n\ntwo three"),
    ("<ul><li>bread</li><li>cake</li></ul><p>both</p>", "• bread\n• cake\n\nboth"),
    ("<blockquote><p>said</p></blockquote>so", "said\n\nso"),
    ("<pre>if x:\n    y</pre>", "if x:\n    y"),
    ("R&amp;D &lt;b&gt; &#x1F44D; caf\u00e9", "R&D <b> 👍 café"),
    ("before<!-- not seen -->after", "beforeafter"),
    ("<script>alert(1)</script><style>p{}</style>seen", "seen"),
    ('hello <img src="https://e.example/b.png" alt=":blob:" onerror="x">', "hello :blob:"),
    ('<p>mine</p><p class="quote-inline">RE: <a href="https://e.example/1">https://e.example/1</a></p>', "mine"),
    ("<p>never <b>closed <i>anything", "never closed anything"),
    ("no markup at all", "no markup at all"),
    ("   ", ""),
]


@pytest.mark.parametrize(("content", "text"), SEEN)
def test_a_reader_sees_the_same(content: str, text: str) -> None:
    assert plain(segments_of(content)) == text


LINKS = [
    (
        '<a href="https://t.example/tags/box10" class="mention hashtag" rel="tag">#<span>Box10</span></a>',
        [("hashtag", "#Box10", "https://t.example/tags/box10")],
    ),
    ('<a href="https://t.example/tag/box10">#box10</a>', [("hashtag", "#box10", "https://t.example/tag/box10")]),
    (
        '<span class="h-card"><a href="https://t.example/@mira" class="u-url mention">@<span>mira</span></a></span> hi',
        [("mention", "@mira", "https://t.example/@mira"), ("text", " hi", "")],
    ),
    ('<a href="https://t.example/@jo">@jo</a>', [("mention", "@jo", "https://t.example/@jo")]),
    (
        '<a href="https://www.example.org/a/long/way"><span class="invisible">https://www.</span><span class="ellipsis">'
        'example.org/a/lo</span><span class="invisible">ng/way</span></a>',
        [("link", "example.org/a/lo…", "https://www.example.org/a/long/way")],
    ),
    ('<a href="https://example.org/x"><img src="y"></a>', [("link", "example.org/x", "https://example.org/x")]),
    ('<a href="javascript:alert(1)">click</a>', [("text", "click", "")]),
    ('<a href="data:text/html,x">click</a>', [("text", "click", "")]),
    ('<a href=" https://example.org/y ">y</a>', [("link", "y", "https://example.org/y")]),
]


@pytest.mark.parametrize(("content", "found"), LINKS)
def test_links_are_what_they_are(content: str, found: list[tuple[str, str, str]]) -> None:
    segments = segments_of(content, mentions={"https://t.example/@jo"})
    assert [(one.kind, one.text, one.href) for one in segments] == found


TAGS = st.sampled_from(["p", "br", "a", "span", "li", "ul", "pre", "script", "b", "blockquote", "div"])
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ['<a href="https://e.example/">', '<span class="invisible">', "&amp;", "&#0;", "<", ">", '"', "<!--"]
    ),
    st.text(max_size=8),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_comes_is_read_or_said_to_be_unreadable(content: str) -> None:
    try:
        segments = segments_of(content)
    except Unreadable:
        return
    text = plain(segments)
    assert "\n\n\n" not in text or "<pre>" in content
    assert all(one.href.startswith(("http://", "https://")) for one in segments if one.kind != "text")
    assert all(one.text for one in segments)


def test_what_is_far_too_long_is_not_read() -> None:
    with pytest.raises(Unreadable):
        segments_of("x" * (LONGEST_HTML + 1))


def test_what_is_nested_deeply_is_read_or_said_to_be_unreadable_and_never_lost() -> None:
    assert plain(segments_of("<b>" * 200 + "deep")) == "deep"
    with pytest.raises(Unreadable):
        segments_of("<b>" * 20_000 + "deep")

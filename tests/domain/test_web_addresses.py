"""Two spellings of one address are one resource, two resources are never one, and what is cleaned is clean."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.web_addresses import as_doi, cleaned, doi_in, identity, is_shortener, shown_address

HOSTS = st.sampled_from(["hips.example", "www.hips.example", "a.b.example", "shop.example:8080", "[2a00:1450::1]"])
WORDS = st.text("abcXYZ019-_.~", min_size=1, max_size=6).filter(lambda word: word.strip("."))
PAIRS = st.tuples(st.sampled_from(["id", "page", "q", "source", "ref", "s", "t"]), WORDS)
PAGES = st.sampled_from(["", "", "/rooms/7", "!/rooms/8"])
RESOURCES = st.tuples(HOSTS, st.lists(WORDS, max_size=3), st.lists(PAIRS, max_size=3), PAGES)
"""What is asked for: a host, a path, parameters in their order, a page inside the page."""
TRACES = ("utm_source=x", "UTM_Medium=y", "fbclid=Iw", "gclid=1", "mc_eid=2", "igshid=3", "_hsenc=4", "ref_src=twsrc")


def spelled(resource: tuple[str, list[str], list[tuple[str, str]], str], draw: st.DataObject) -> str:
    """One of the ways in which people share it."""
    host, path, pairs, page = resource
    pick = lambda *of: draw.draw(st.sampled_from(of))  # noqa: E731
    query = [f"{name}={value}" for name, value in pairs]
    for trace in draw.draw(st.lists(st.sampled_from(TRACES), max_size=3)):
        query.insert(draw.draw(st.integers(0, len(query))), trace)
    own_port = ":8080" in host
    scheme = "https" if own_port else pick("http", "https", "HTTPS")
    port = "" if own_port else pick("", {"http": ":80"}.get(scheme, ":443"))
    signs = (
        "".join(pick(sign, f"%{ord(sign):02x}", f"%{ord(sign):02X}") for sign in "/".join(path) if sign != "/")
        if len(path) == 1
        else "/".join(path)
    )
    end = f"#{page}" if page else pick("", "#top", "#:~:text=hips", "#")
    return f"{scheme}://{pick(host, host.upper())}{port}/{signs}{pick('', '/') if path else ''}{'?' * bool(query or pick(0, 1))}{'&'.join(query)}{end}"


@settings(max_examples=150)
@given(RESOURCES, st.data())
def test_every_spelling_of_a_resource_has_its_identity(
    resource: tuple[str, list[str], list[tuple[str, str]], str], draw: st.DataObject
) -> None:
    one, other = spelled(resource, draw), spelled(resource, draw)
    assert identity(one) == identity(other) != ""
    assert identity(identity(one)) == identity(one) == identity(cleaned(one))
    assert cleaned(cleaned(one)) == cleaned(one)


@settings(max_examples=150)
@given(RESOURCES, RESOURCES, st.data())
def test_two_resources_are_never_one(
    one: tuple[str, list[str], list[tuple[str, str]], str],
    other: tuple[str, list[str], list[tuple[str, str]], str],
    draw: st.DataObject,
) -> None:
    assert (identity(spelled(one, draw)) == identity(spelled(other, draw))) == (one == other)


@settings(max_examples=200)
@given(
    st.one_of(st.text(max_size=60), st.text("htps:/.?#[]@%&=41aé \n~", max_size=40).map("http://h.example/".__add__))
)
def test_whatever_is_shared_cleaning_it_twice_is_cleaning_it_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
    assert identity(identity(text)) == identity(text)


@pytest.mark.parametrize(
    "shared",
    ["", "mailto:a@b.example", "javascript:alert(1)", "https://", "http://intranet/page", "https://a:b@c.example/",
     "https://x.example:99999/", "http://[::1", "ftp://a.example/", "/e/box10", "https://a.example/" + "a" * 2_000],
)  # fmt: skip
def test_what_leads_nowhere_is_no_resource(shared: str) -> None:
    assert cleaned(shared) == identity(shared) == ""


@pytest.mark.parametrize(
    ("shared", "kept"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", "https://youtu.be/dQw4w9WgXcQ?t=42"),
        ("https://www.youtube.com/watch?v=1&feature=share", "https://www.youtube.com/watch?v=1"),
        ("https://hips.example/a?si=1&feature=2", "https://hips.example/a?si=1&feature=2"),
        ("https://hips.example/a?b=%2541&c=100%", "https://hips.example/a?b=%2541&c=100%25"),
        ("http://Hips.Example:80", "http://hips.example/"),
        ("https://hips.example/a#section-2", "https://hips.example/a"),
    ],
)
def test_only_what_tracks_is_taken_off(shared: str, kept: str) -> None:
    assert cleaned(shared) == kept
    assert urlsplit(kept).netloc in {"youtu.be", "www.youtube.com", "hips.example"}


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1136/bmj.n1234", "10.1136/bmj.n1234"),
        ("http://dx.doi.org/10.1000/ABC%2812%29", "10.1000/abc(12)"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1111/jan.15500", "10.1111/jan.15500"),
        ("https://journals.sagepub.com/doi/pdf/10.1177/0269216320.pdf", "10.1177/0269216320"),
        ("https://hips.example/10.1136", ""),
        ("https://doi.org/", ""),
    ],
)
def test_a_doi_is_read_from_an_address(url: str, doi: str) -> None:
    assert doi_in(url) == doi


def test_a_doi_that_a_page_names_is_a_doi() -> None:
    assert as_doi(" doi:10.1136/BMJ.n1. ") == as_doi("https://doi.org/10.1136/bmj.n1") == "10.1136/bmj.n1"
    assert as_doi("<script>10.1136/x") == as_doi("10.1/x") == as_doi("") == ""


def test_short_addresses_are_known_and_others_are_read_without_their_scheme() -> None:
    assert [is_shortener(f"https://{host}/3x") for host in ("bit.ly", "www.bit.ly", "orbit.ly.example")] == [
        True,
        True,
        False,
    ]
    assert shown_address("https://www.hips.example/a%20b/") == "hips.example/a b"

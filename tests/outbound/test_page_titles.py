"""What a page calls itself is read from its beginning, in its own letters, however the page goes on."""

import pytest

from app.outbound.page_titles import LONGEST_TAG, title_and_doi

OG = '<meta property="og:title" content="Tea &amp; hips">'


@pytest.mark.parametrize(
    ("page", "title", "doi"),
    [
        ("<title>Tea\n for  all</title>", "Tea for all", ""),
        (f"<head><title>Site | Tea</title>{OG}</head>", "Tea & hips", ""),
        ("<META NAME='citation_title' CONTENT='On hips'><meta name=citation_doi content=10.1136/x>" + OG, "On hips", "10.1136/x"),
        ("<!-- <title>not this</title> --><title data-x=1>this</title>", "this", ""),
        ("<title>caf\u00e9 \u202e\u0007x</title>", "caf\u00e9 x", ""),
        ("<title>never ends", "", ""),
        ("<!-- never ends <title>x</title>", "", ""),
        ("\u0130" * 30 + "<title>Guide to care</title>", "Guide to care", ""),
        ("\u0130" * 30 + OG, "Tea & hips", ""),
        ("no page at all", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_title_is_what_the_page_says_of_itself(page: str, title: str, doi: str) -> None:
    assert title_and_doi(page.encode()) == (title, doi)


@pytest.mark.parametrize("charset", ["", "iso-8859-1", "no-such-charset"])
def test_letters_are_read_as_the_page_or_its_server_says(charset: str) -> None:
    page = '<meta charset="iso-8859-1"><title>Caf\u00e9</title>'.encode("latin-1")
    assert title_and_doi(page, charset)[0] == "Caf\u00e9"


@pytest.mark.parametrize("piece", ["<meta ", "<meta name=a content='", "<!--", "<title", "&", "<meta>", "a=" * 9])
def test_however_a_page_goes_on_it_is_read_and_nothing_of_it_is_longer_than_a_tag_may_be(piece: str) -> None:
    page = (piece * 90_000)[: 256 * 1024]
    assert len(title_and_doi(page.encode())[0]) <= LONGEST_TAG


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape"])
def test_what_is_slow_to_read_is_not_read_so(charset: str) -> None:
    """Written in these no page is, and one of 256 KiB would take seconds."""
    page = f'<meta charset="{charset}"><title>Tea</title>'.encode()
    assert title_and_doi(page, charset)[0] == "Tea"

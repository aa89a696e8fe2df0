"""A file is sent once for good: named after its content, compressed for who takes it, kept by caches for ever."""

import gzip
import re

import pytest

from app.views.static_files import FRONTEND, VersionedStatic, _content
from tests.views.site import Site

STATIC = VersionedStatic(FRONTEND / "static")
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
PLAIN = {"Accept-Encoding": "identity"}


def test_a_text_is_compressed_for_who_takes_it_and_the_same_for_who_does_not(site: Site) -> None:
    url = STATIC.url("css/bundles/floor.css")
    packed, plain = site.client.get(url, headers=GZIP), site.client.get(url, headers=PLAIN)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("headers", [GZIP, PLAIN])
def test_a_cache_keeps_a_file_for_ever_and_need_not_fetch_it_again(site: Site, headers: dict[str, str]) -> None:
    url = STATIC.url("js/floor.js")
    first = site.client.get(url, headers=headers)
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = site.client.get(url, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = PLAIN if headers is GZIP else GZIP
    assert site.client.get(url, headers={**other, "If-None-Match": first.headers["etag"]}).status_code == 200


def test_an_address_of_another_version_is_answered_but_not_kept(site: Site) -> None:
    answer = site.client.get("/static/of-yesterday/js/floor.js", headers=GZIP)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_a_font_is_compressed_already(site: Site) -> None:
    answer = site.client.get(STATIC.url("vendor/inter-latin-wght-normal.woff2"), headers=GZIP)
    assert answer.content == (FRONTEND / "static" / "vendor" / "inter-latin-wght-normal.woff2").read_bytes()
    assert answer.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "css/nothing.css",
        "css",
        "",
        "../templates/base.html",
        "css/../../templates/base.html",
        "%2e%2e/locale/messages.pot",
    ],
)
def test_nothing_but_the_files_is_there(site: Site, path: str) -> None:
    assert site.client.get(f"/static/{STATIC.version}/{path}").status_code == 404


def test_files_are_only_read(site: Site) -> None:
    url = STATIC.url("favicon.svg")
    assert site.client.head(url).status_code == 200
    assert site.client.post(url, headers={"Origin": "http://testserver"}).status_code == 405
    with pytest.raises(KeyError):
        STATIC.url("favicon.ico")


def test_what_is_compressed_is_compressed_well_and_the_same_each_time(site: Site) -> None:
    url = STATIC.url("js/desk.js")
    with site.client.stream("GET", url, headers=GZIP) as answer:
        raw = b"".join(answer.iter_raw())
    assert len(raw) <= len(gzip.compress(gzip.decompress(raw), 9)) + 32
    with site.client.stream("GET", url, headers=GZIP) as answer:
        assert b"".join(answer.iter_raw()) == raw


def test_every_text_is_joined_and_compressed_before_the_first_visitor_comes(site: Site) -> None:
    before = _content.cache_info().misses
    for path in sorted(STATIC.paths):
        assert site.client.get(STATIC.url(path), headers=GZIP).status_code == 200
    fonts = [path for path in STATIC.paths if path.endswith(".woff2")]
    assert _content.cache_info().misses - before <= len(fonts)


def test_a_page_asks_for_one_sheet_and_one_script(site: Site) -> None:
    page = site.client.get("/e/box10").text
    assert len(re.findall(r'rel="stylesheet"', page)) == 1
    assert len(re.findall(r"<script", page)) == 1

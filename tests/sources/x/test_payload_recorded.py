"""Recorded pages of X are read whole."""

import gzip
import json
from collections.abc import Iterator

import pytest

from app.domain.incoming import Incoming, IncomingRepost
from app.sources.x.payload import read_json, read_page
from tests.sources.x.pages import ID, PAGES, RECORDED, Json


def recorded() -> Iterator[tuple[str, Json]]:
    for path in PAGES:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                answer = read_json(line) if line.strip() else None
                if isinstance(answer, dict) and ("data" in answer or "includes" in answer):
                    yield path.name, answer


real = pytest.mark.skipif(not PAGES, reason="recorded pages of X are not here (../shared/data/payloads/x)")


@real
def test_every_recorded_post_is_read() -> None:
    posts = reposts = 0
    for name, answer in recorded():
        data = answer.get("data", [])
        asked = data if isinstance(data, list) else [data]
        found = read_page(answer)
        told = {one.version_ref if isinstance(one, Incoming) else one.ref for one in found.found}
        for post in asked:
            assert {post["id"]} & (told | set(found.incomplete)), (name, post["id"])
        posts += sum(isinstance(one, Incoming) for one in found.found)
        reposts += sum(isinstance(one, IncomingRepost) for one in found.found)
    assert posts > 500
    assert reposts > 100


@real
def test_every_recorded_hashtag_is_found_where_x_says_it_is() -> None:
    exact = 0
    for name, answer in recorded():
        data = answer.get("data", [])
        by_id = {post["id"]: post for post in (data if isinstance(data, list) else [data])}
        for one in read_page(answer).found:
            if not isinstance(one, Incoming) or one.version_ref not in by_id:
                continue
            post = by_id[one.version_ref]
            tags = sorted(post.get("entities", {}).get("hashtags", []), key=lambda tag: tag["start"])
            wanted = [post["text"][tag["start"] : tag["end"]] for tag in tags]
            shown = [segment.text for segment in one.segments if segment.kind == "hashtag" and segment.text[0] in "#＃"]
            assert shown == wanted, (name, one.ref)
            exact += len(wanted)
    assert exact > 100


@real
def test_no_recorded_text_keeps_an_escape_or_a_short_link_it_should_not() -> None:
    for name, answer in recorded():
        for one in read_page(answer).found:
            if isinstance(one, Incoming):
                assert "&amp;" not in one.text.replace("&amp;amp;", ""), (name, one.ref)
                assert all(segment.href.startswith(("http://", "https://")) for segment in one.segments if segment.href)


@real
def test_the_recorded_edit_is_one_post_in_two_versions() -> None:
    refs = set()
    for name in ("twarc_edited.jsonl.gz", "twarc_edited_before.jsonl.gz"):
        with gzip.open(RECORDED / name, "rb") as lines:
            found = read_page(read_json(lines.readline()))
        refs |= {(one.ref, one.version) for one in found.found if isinstance(one, Incoming)}
    assert refs == {(ID, 1), (ID, 0)}


@real
def test_answers_that_tweepy_recorded_are_read_too() -> None:
    posts = 0
    with gzip.open(RECORDED / "tweepy_cassettes.jsonl.gz", "rb") as lines:
        for line in lines:
            body = json.loads(line)["body"]
            answer = read_json(body.encode()) if isinstance(body, str) and body.startswith("{") else body
            if isinstance(answer, dict) and "/tweets" in json.loads(line)["uri"]:
                found = read_page(answer)
                posts += len(found.found) + len(found.incomplete)
    assert posts > 0

"""Recorded pages of X are read whole: invented ones of every shape, and real ones where they are at hand."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.incoming import Incoming, IncomingRepost, Withdrawal
from app.sources.x.payload import read_json, read_page
from tests.sources.x.pages import INVENTED, REAL, Json


def lines_of(file: Path) -> list[bytes]:
    return (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).splitlines()


@dataclass(frozen=True)
class Recordings:
    """One answer a line, in files of one folder; and how much there is to find in them at least."""

    folder: Path
    prefix: str
    ending: str
    posts: int
    reposts: int
    hashtags: int

    def lines(self, name: str) -> list[bytes]:
        return lines_of(self.folder / f"{self.prefix}{name}{self.ending}")

    def names(self) -> list[str]:
        found = self.folder.glob(f"{self.prefix}*{self.ending}")
        return sorted(file.name.removeprefix(self.prefix).removesuffix(self.ending) for file in found)

    def answers(self) -> Iterator[tuple[str, Json]]:
        for name in self.names():
            for line in self.lines(name):
                answer = read_json(line) if line.strip() else None
                if isinstance(answer, dict) and ("data" in answer or "includes" in answer):
                    yield name, answer


KEPT = Recordings(INVENTED, "", ".jsonl", posts=30, reposts=12, hashtags=30)
FROM_X = Recordings(REAL, "twarc_", ".jsonl.gz", posts=501, reposts=101, hashtags=101)


@pytest.fixture(params=[KEPT, FROM_X] if FROM_X.names() else [KEPT], ids=lambda one: one.folder.name)
def recordings(request: pytest.FixtureRequest) -> Recordings:
    found: Recordings = request.param
    return found


def test_every_recorded_post_is_read(recordings: Recordings) -> None:
    posts = reposts = 0
    for name, answer in recordings.answers():
        data = answer.get("data", [])
        asked = data if isinstance(data, list) else [data]
        found = read_page(answer)
        told = {one.version_ref if isinstance(one, Incoming) else one.ref for one in found.found}
        for post in asked:
            assert {post["id"]} & (told | set(found.incomplete)), (name, post["id"])
        posts += sum(isinstance(one, Incoming) for one in found.found)
        reposts += sum(isinstance(one, IncomingRepost) for one in found.found)
    assert posts >= recordings.posts
    assert reposts >= recordings.reposts


def test_every_recorded_hashtag_is_found_where_x_says_it_is(recordings: Recordings) -> None:
    exact = 0
    for name, answer in recordings.answers():
        data = answer.get("data", [])
        by_id = {post["id"]: post for post in (data if isinstance(data, list) else [data])}
        for one in read_page(answer).found:
            if not isinstance(one, Incoming) or one.version_ref not in by_id:
                continue
            post = by_id[one.version_ref]
            whole = post.get("note_tweet", post)
            tags = sorted(whole.get("entities", {}).get("hashtags", []), key=lambda tag: tag["start"])
            wanted = [whole["text"][tag["start"] : tag["end"]] for tag in tags]
            shown = [segment.text for segment in one.segments if segment.kind == "hashtag" and segment.text[0] in "#＃"]
            assert shown == wanted, (name, one.ref)
            exact += len(wanted)
    assert exact >= recordings.hashtags


def test_no_recorded_text_keeps_an_escape_or_a_short_link_it_should_not(recordings: Recordings) -> None:
    for name, answer in recordings.answers():
        for one in read_page(answer).found:
            if isinstance(one, Incoming):
                assert "&amp;" not in one.text.replace("&amp;amp;", ""), (name, one.ref)
                assert all(segment.href.startswith(("http://", "https://")) for segment in one.segments if segment.href)


def test_the_recorded_edit_is_one_post_in_two_versions(recordings: Recordings) -> None:
    refs = set()
    for name in ("edited", "edited_before"):
        found = read_page(read_json(recordings.lines(name)[0]))
        refs |= {(one.ref, one.version) for one in found.found if isinstance(one, Incoming)}
    [(ref, _), _] = sorted(refs)
    assert refs == {(ref, 0), (ref, 1)}


def test_what_is_withheld_anywhere_is_shown_nowhere() -> None:
    [answer] = (read_json(line) for line in KEPT.lines("withheld"))
    assert {type(one) for one in read_page(answer).found} == {Withdrawal}


@pytest.mark.parametrize(
    "file", [INVENTED / "cassettes.jsonl", *REAL.glob("tweepy_cassettes.jsonl.gz")], ids=lambda file: file.name
)
def test_answers_that_tweepy_recorded_are_read_too(file: Path) -> None:
    posts = 0
    for line in lines_of(file):
        body = json.loads(line)["body"]
        answer = read_json(body.encode()) if isinstance(body, str) and body.startswith("{") else body
        if isinstance(answer, dict) and "/tweets" in json.loads(line)["uri"]:
            found = read_page(answer)
            posts += len(found.found) + len(found.incomplete)
    assert posts > 0

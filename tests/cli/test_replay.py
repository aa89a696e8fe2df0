"""Recordings of every kind: counted, and played into an event as they were written."""

import gzip
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, create_engine, select

from app.domain.post import Post, Repost
from tests import recordings as made_up
from tests.cli.test_commands import CONFERENCE, made, run

TWEETS = made_up.script(made_up.tweet(), made_up.tweet(made_up.SECOND, "RT @jo: First …"))
BY_KEY = json.dumps({"did": made_up.DID, "records": made_up.RECORDS}).encode()
LISTED = [{"uri": f"at://{made_up.DID}/{key}", "cid": "c", "value": one} for key, one in made_up.RECORDS.items()]
NO_ONE = {"who wrote it is not told": 1}
KEPT = {"it is a profile": 1, "it is a like": 1}
PRIVATE = {"it is not public": 2}
KINDS: dict[str, tuple[bytes, str, tuple[int, int], dict[str, int]]] = {
    "own.jsonl": (b"\n".join(CONFERENCE.read_bytes().splitlines()[:3]), "our own lines", (3, 0), {}),
    "pages.jsonl": (made_up.lines([made_up.page(), {"meta": {"result_count": 0}}]), "twarc v2 pages", (1, 1), NO_ONE),
    "page.json": (json.dumps(made_up.page(), indent=2).encode(), "twarc v2 pages", (1, 1), NO_ONE),
    "flat.jsonl": (made_up.flattened(), "twarc v2 flattened", (1, 1), {}),
    "v1.jsonl": (made_up.version_1(), "v1.1", (1, 1), {"its author has protected it": 1}),
    "tweets.js": (TWEETS, "tweets.js", (1, 1), {}),
    "tweet.js": (made_up.script(made_up.tweet(), wrapped=False, name="tweet"), "tweets.js", (1, 0), {}),
    "archive.zip": (made_up.own_archive(), "tweets.js", (2, 1), {}),
    "tags.csv": (made_up.sheet(), "TAGS CSV", (1, 1), {}),
    "excel.csv": (made_up.sheet(id_str="1.25195E+18", from_user_id_str="4.1E+17"), "TAGS CSV", (1, 1), {}),
    "semicolons.csv": (made_up.sheet(delimiter=";", time="19/04/2020 20:22"), "TAGS CSV", (1, 1), {}),
    "old.csv": (made_up.sheet(columns=["id_str", "from_user", "text", "created_at", "time"]), "TAGS CSV", (1, 1), {}),
    "outbox.json": (json.dumps(made_up.outbox()).encode(), "Mastodon outbox", (1, 1), PRIVATE),
    "page_of_outbox.json": (
        json.dumps(made_up.outbox("OrderedCollectionPage"), indent=1).encode(), "Mastodon outbox", (1, 1), PRIVATE,
    ),
    "repo.car": (made_up.repository(), "Bluesky CAR", (2, 1), KEPT),
    "records.json": (json.dumps({"records": LISTED}).encode(), "Bluesky JSON", (2, 1), KEPT),
    "records.jsonl": (made_up.lines(LISTED), "Bluesky JSON", (2, 1), KEPT),
    "by_key.json": (BY_KEY, "Bluesky JSON", (2, 1), KEPT),
}  # fmt: skip


def checked(file: Path) -> dict[str, Any]:
    done = run(file.parent, "replay", str(file), "--check", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_comes_to_its_counts_however_it_is_packed(tmp_path: Path, name: str) -> None:
    content, form, (posts, reposts), skipped = KINDS[name]
    wanted = {"format": form, "posts": posts, "reposts": reposts, "unreadable": 0, "skipped": skipped}
    packings = {"": content, ".gz": gzip.compress(content), ".gz.gz": gzip.compress(gzip.compress(content))}
    if not name.endswith((".zip", ".car")):
        packings |= {".bom": b"\xef\xbb\xbf" + content, ".u16": content.decode().encode("utf-16")}
    for end, packed in packings.items():
        (tmp_path / f"{name}{end}").write_bytes(packed)
        assert checked(tmp_path / f"{name}{end}") == wanted, end
    assert [file for file in tmp_path.iterdir() if file.suffix == ".sqlite3"] == []


def stored(data: Path) -> tuple[list[Post], list[Repost]]:
    engine = create_engine(f"sqlite:///{data}/backchannel.sqlite3")
    with Session(engine) as db:
        found = list(db.exec(select(Post))), list(db.exec(select(Repost)))
    engine.dispose()
    return found


def test_every_kind_is_played_as_it_was_written_and_nothing_is_shown_by_itself(tmp_path: Path) -> None:
    made(tmp_path)
    for name, (content, _, (posts, reposts), skipped) in KINDS.items():
        if name != "own.jsonl":
            (tmp_path / name).write_bytes(content)
            done = run(tmp_path, "replay", str(tmp_path / name), "--event", "box10")
            assert (done.returncode, done.stderr) == (0, ""), name
            assert done.stdout.startswith(f"{posts + reposts} played, 0 lines could not be read\n"), name
            assert sum(int(line.split()[0]) for line in done.stdout.splitlines()[1:]) == sum(skipped.values())
    posts_there, reposts_there = stored(tmp_path)
    assert {(post.source, post.ref) for post in posts_there} == {
        ("x", made_up.FIRST), ("x", made_up.THIRD), ("mastodon", f"{made_up.NIA_THERE}/statuses/1"),
        *(("bluesky", f"at://{made_up.DID}/{key}") for key in made_up.RECORDS if "feed.post" in key),
    }  # fmt: skip
    assert {post.verdict for post in posts_there} == {"held"}
    assert {post.posted_at.year for post in posts_there} == {2020, 2022, 2023}
    first = next(post for post in posts_there if post.ref == made_up.FIRST)
    assert first.posted_at == datetime(2020, 4, 19, 19, 22, 23, tzinfo=UTC)
    assert all("regretted" not in post.text and "secret" not in post.text for post in posts_there)
    assert {(one.source, one.of_ref) for one in reposts_there} >= {("mastodon", "https://elsewhere.example/notes/1")}


OTHERS = {
    "nothing.json": b"{}",
    "deep.json": b"[" * 100_000,
    "deep.jsonl": b'{"a":' * 50_000 + b"\n",
    "cut.car": made_up.repository()[:30],
    "spreadsheet.xlsx": made_up.own_archive()[:60],
    "half.zip": made_up.own_archive()[:700],
    "bomb.gz": gzip.compress(b'{"a": "' + b"0" * 70_000_000),
    "picture.png": b"\x89PNG\r\n" + bytes(range(256)) * 20,
    "people.csv": b"name,mail,town\nNia,n@e.example,Leeds\n" * 3,
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_which_nothing_can_be_read_ends_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(OTHERS[name])
    done = run(tmp_path, "replay", str(tmp_path / name), "--check", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"backchannel: {name} cannot be read: ")
    assert done.stderr.count("\n") == 1
    assert "nobody foresaw" not in done.stderr


def test_it_wants_an_event_or_a_look(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_bytes(KINDS["own.jsonl"][0])
    done = run(tmp_path, "replay", str(tmp_path / "own.jsonl"))
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        run(tmp_path, "replay", str(tmp_path / "own.jsonl"), "--check").stdout == "our own lines: 3 posts, 0 reposts\n"
    )


def test_whose_posts_they_are_may_be_said(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "tweets.js").write_bytes(TWEETS)
    run(tmp_path, "replay", str(tmp_path / "tweets.js"), "--event", "box10", "--author", "@nia_care")
    [post], _ = stored(tmp_path)
    assert (post.byline["handle"], post.url) == ("nia_care", f"https://x.com/nia_care/status/{made_up.FIRST}")


def test_a_process_of_its_own_plays_it_into_a_database_that_is_up_to_date(tmp_path: Path) -> None:
    """Where nothing has to be migrated, nothing but the command itself has told it which tables there are."""
    made(tmp_path)
    (tmp_path / "own.jsonl").write_bytes(KINDS["own.jsonl"][0])
    words = [
        sys.executable,
        "-m",
        "app.cli",
        "replay",
        str(tmp_path / "own.jsonl"),
        "--event",
        "box10",
        "--speed",
        "1000000",
    ]
    done = subprocess.run(words, env={**os.environ, "DATA_DIR": str(tmp_path)}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(stored(tmp_path)[0]) == 3

"""Whatever bytes a file has: rows come out of it, or one sentence, and never more than it may hold."""

import gzip
import io
import json
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.incoming import Incoming
from app.domain.recorded import Broken, NoRecording, Row
from app.files.recorded import open_recording, reading
from app.sources.networks import NETWORKS
from tests import recordings as made_up
from tests.cli.test_replay import KINDS

SAMPLES = sorted(KINDS)
ANY_TIME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows_of(file: Path) -> list[Row]:
    with open_recording(file, NETWORKS) as recording:
        return list(recording.rows())


@ANY_TIME
@given(st.sampled_from(SAMPLES), st.integers(0, 10_000), st.integers(0, 10_000), st.binary(max_size=8), st.booleans())
def test_a_damaged_file_gives_rows_or_a_sentence(
    tmp_path: Path, name: str, at: int, cut: int, put: bytes, packed: bool
) -> None:
    content = KINDS[name][0]
    at, cut = at % len(content), cut % 200
    damaged = content[:at] + put + content[at + cut :]
    (tmp_path / "damaged").write_bytes(gzip.compress(damaged)[: -(cut % 40) or None] if packed else damaged)
    with suppress(NoRecording):
        assert all(row is not None for row in rows_of(tmp_path / "damaged"))


@ANY_TIME
@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "any").write_bytes(content)
    with suppress(NoRecording):
        rows_of(tmp_path / "any")


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.endswith((".json", ".js"))])
def test_of_a_list_that_was_cut_off_comes_what_is_whole(tmp_path: Path, name: str) -> None:
    content = KINDS[name][0] + b" " * 20
    if name in {"by_key.json", "tweet.js", "page.json"}:
        return  # no list, or one of one
    (tmp_path / name).write_bytes(
        content[: int(len(content) * 0.9)].ljust(12_000) if name != "tweets.js" else content[:-60]
    )
    rows = rows_of(tmp_path / name)
    assert any(isinstance(row, Incoming) for row in rows)
    assert isinstance(rows[-1], Broken)


def test_broken_lines_are_told_and_the_rest_comes(tmp_path: Path) -> None:
    whole = made_up.version_1()
    (tmp_path / "v1.jsonl").write_bytes(
        b"broken\n" + whole + b'{"id_str": 7\n\n[]\n"x"\n\xff\xfe\n{"a":' + b"[" * 99_999
    )
    rows = rows_of(tmp_path / "v1.jsonl")
    assert [type(row) for row in rows if not isinstance(row, Broken)] == [type(row) for row in _rows(tmp_path, whole)]
    assert len([row for row in rows if isinstance(row, Broken)]) == 6


def _rows(tmp_path: Path, content: bytes) -> list[Row]:
    (tmp_path / "whole").write_bytes(content)
    return rows_of(tmp_path / "whole")


def test_there_is_an_end_to_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    (tmp_path / "v1.jsonl").write_bytes(made_up.version_1())
    with pytest.raises(NoRecording, match="more than 2 rows"):
        rows_of(tmp_path / "v1.jsonl")


def test_a_zip_that_lies_about_its_parts_is_stopped(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("data/tweets.js", b"window.YTD.tweets.part0 = [" + b" " * 80_000_000)
    (tmp_path / "bomb.zip").write_bytes(packed.getvalue())
    with pytest.raises(NoRecording, match="larger than a recording can be"):
        rows_of(tmp_path / "bomb.zip")


@pytest.mark.parametrize(
    "name", ["../data/tweets.js", "/data/tweets.js", "data/tweets.js/../x.js", "data/deleted-tweets.js"]
)
def test_a_zip_opens_only_what_is_called_as_the_posts_are(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as opened:
        opened.writestr(name, made_up.script(made_up.tweet()))
    with pytest.raises(NoRecording, match="no archive of posts"):
        rows_of(tmp_path / "odd.zip")


def test_an_archive_in_a_tar_is_read_too_and_nothing_else_of_it(tmp_path: Path) -> None:
    content, actor = KINDS["outbox.json"][0], b'{"preferredUsername": "nia", "name": "Nia Evans"}'
    with tarfile.open(tmp_path / "archive.tar.gz", "w:gz") as opened:
        for name, part in (("likes.json", b"{"), ("outbox.json", content), ("actor.json", actor)):
            told = tarfile.TarInfo(name)
            told.size = len(part)
            opened.addfile(told, io.BytesIO(part))
    [first, *_] = rows_of(tmp_path / "archive.tar.gz")
    assert isinstance(first, Incoming)
    assert (first.byline.handle, first.byline.name) == ("nia@plaza.example", "Nia Evans")


def test_whose_archive_it_is_stands_beside_what_was_unpacked(tmp_path: Path) -> None:
    (tmp_path / "tweets.js").write_bytes(made_up.script(made_up.tweet()))
    account = b'window.YTD.account.part0 = [{"account": {"username": "nia_care", "accountId": "41"}}]'
    (tmp_path / "account.js").write_bytes(account)
    [post] = rows_of(tmp_path / "tweets.js")
    assert isinstance(post, Incoming)
    assert (post.byline.handle, post.byline.ref) == ("nia_care", "41")


TWEETS = [{"id_str": str(100 + n), "full_text": f"Post {n}", "created_at": "Mon Apr 20 10:00:00 +0000 2020",
           "user": {"id_str": "7", "screen_name": "jo", "name": "Jo"}} for n in range(3)]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "\n".join(json.dumps(one, indent=2) for one in TWEETS),
        "\n".join(json.dumps([one]) for one in TWEETS),
        json.dumps(TWEETS) + ";\n",
        "\n".join(json.dumps({**one, "full_text": f"a\u2028{one['full_text']}"}, ensure_ascii=False) for one in TWEETS),
    ],
    ids=["pretty, one after the other", "a list a line", "with a semicolon", "with a separator of lines in a text"],
)
def test_however_json_is_strung_together_every_post_is_read(tmp_path: Path, written: str) -> None:
    (tmp_path / "day").write_text(written)
    assert [type(row) for row in rows_of(tmp_path / "day")] == [Incoming] * 3


def test_a_sheet_whose_texts_hold_lines_that_look_like_json_is_a_sheet(tmp_path: Path) -> None:
    head = "id_str,from_user,text,created_at,status_url\n"
    rows = [
        f'{n},jo,"hello\n{{poem}} {n}",Sun Apr 19 19:22:23 +0000 2020,https://x.com/jo/status/{n}' for n in (11, 12, 13)
    ]
    (tmp_path / "sheet.csv").write_text(head + "\n".join(rows))
    assert [type(row) for row in rows_of(tmp_path / "sheet.csv")] == [Incoming] * 3


@pytest.mark.parametrize("post_id", ["\u00b2", "9" * 40, "-1", ""])
@pytest.mark.parametrize("text", ["Hello", "RT @jo: hello"])
@pytest.mark.parametrize("name", ["tweets.js", "day.jsonl"])
def test_an_id_that_is_none_is_said_and_ends_nothing(tmp_path: Path, post_id: str, text: str, name: str) -> None:
    one = {"id_str": post_id, "full_text": text, "user": {"screen_name": "jo"}}
    script = f"window.YTD.tweets.part0 = {json.dumps([{'tweet': one}])}"
    (tmp_path / name).write_text(script if name == "tweets.js" else json.dumps(one))
    assert [type(row) for row in rows_of(tmp_path / name)] == [Broken]


def test_holes_of_a_tar_are_not_unpacked(tmp_path: Path) -> None:
    part = tarfile.TarInfo("outbox.json")
    part.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.size": "2000000000",
                        "GNU.sparse.numblocks": "1", "GNU.sparse.map": "0,0"}  # fmt: skip
    with tarfile.open(tmp_path / "archive.tar", "w", format=tarfile.PAX_FORMAT) as made:
        made.addfile(part, io.BytesIO())
    with pytest.raises(NoRecording):
        rows_of(tmp_path / "archive.tar")

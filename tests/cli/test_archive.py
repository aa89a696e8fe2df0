"""The static copy: opens without us, holds what may be handed on, and overwrites nothing of others."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sqlmodel import Session, col, create_engine, select

from app.cli import archive as archiving
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.files import static_archive
from tests.cli.test_commands import made, run


def line(ref: str, source: str, text: str) -> dict[str, Any]:
    byline = {"handle": f"{source}_nia", "name": "Nia <b>Evans</b>"}
    url = f"https://{source}.example/nia/{ref}"
    at = datetime(2026, 11, 2, 12, int(ref), tzinfo=UTC).isoformat()
    segments = [{"kind": "text", "text": f"{text} "}, {"kind": "link", "text": "tea", "href": "javascript:alert(1)"}]
    more = {"url": url, "posted_at": at, "segments": segments}
    return {"source": source, "ref": ref, "byline": byline, "text": f"{text} tea", **more}


LINES = [
    line("1", "x", "Private words"),
    line("2", "mastodon", "Open <script>words</script>"),
    line("3", "bluesky", "Held words"),
    line("4", "mastodon", "Withdrawn words"),
    line("5", "bluesky", "Last words"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return laid_down(tmp_path)


def laid_down(tmp_path: Path) -> Path:
    made(tmp_path)
    (tmp_path / "day.jsonl").write_text("\n".join(map(json.dumps, LINES)))
    run(tmp_path, "replay", str(tmp_path / "day.jsonl"), "--event", "box10", "--speed", "1000000")
    engine = create_engine(f"sqlite:///{tmp_path}/backchannel.sqlite3")
    with Session(engine) as db:
        for post in db.exec(select(Post).order_by(col(Post.id))):
            post.verdict = Verdict.HELD if post.ref == "3" else Verdict.APPROVED
            post.withdrawn_at = post.posted_at if post.ref == "4" else None
        db.commit()
    engine.dispose()
    return tmp_path


def parts(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_it_has_pages_that_need_nothing_and_of_x_only_links(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "POSTS_A_PAGE", 2)
    monkeypatch.setattr(static_archive, "POSTS_A_PAGE", 2)
    out = data / "box10.zip"
    done = run(data, "archive", "box10", "--out", str(out))
    assert (done.returncode, done.stdout.partition(": ")[2].partition(",")[0]) == (0, "3 posts")
    found = parts(out)
    whole = "".join(found.values())
    assert {"index.html", "style.css", "posts/0001.html", "posts/0002.html", "posts/0001.jsonl"} <= found.keys()
    assert not any(words in whole for words in ("Private words", "Held words", "Withdrawn words", "x_nia"))
    assert "https://x.example/nia/1" in found["posts/0001.html"]
    for name, content in found.items():
        if name.endswith(".html"):
            page = html.document_fromstring(content)
            assert page.xpath("//script | //img | //iframe | //form | //*[@style] | //b/b") == []
            ways = [one.get("href") for one in page.xpath("//a | //link")]
            assert all(way.startswith("https://") or _inside(found, name, way) for way in ways), ways
            assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))
    told = [json.loads(row) for name in sorted(found) if name.endswith(".jsonl") for row in found[name].splitlines()]
    assert [(one["ref"], "text" in one) for one in told] == [("1", False), ("2", True), ("5", True)]


def _inside(found: dict[str, str], name: str, way: str) -> bool:
    folder = Path("/", name).parent
    return str((folder / way).resolve())[1:] in found


def test_a_private_copy_has_all_words(data: Path) -> None:
    run(data, "archive", "box10", "--out", str(data / "mine.zip"), "--private")
    assert "Private words" in parts(data / "mine.zip")["posts/0001.html"]


def test_it_writes_again_over_its_own_and_over_nothing_else(data: Path) -> None:
    out = data / "box10.zip"
    assert [run(data, "archive", "box10", "--out", str(out)).returncode for _ in range(2)] == [0, 0]
    with zipfile.ZipFile(data / "photos.zip", "w") as others:
        others.writestr("photo.jpg", "x")
    (data / "folder.zip").mkdir()
    for name in ("photos.zip", "folder.zip", "day.jsonl"):
        before = (data / name).stat().st_mtime_ns
        done = run(data, "archive", "box10", "--out", str(data / name))
        assert (done.returncode, done.stdout) == (1, "")
        assert "is no archive that Backchannel made" in done.stderr
        assert (data / name).stat().st_mtime_ns == before
    assert run(data, "archive", "nowhere", "--out", str(data / "none.zip")).returncode == 1
    assert "there is no folder" in run(data, "archive", "box10", "--out", str(data / "no" / "a.zip")).stderr
    assert [one.name for one in data.iterdir() if one.name.startswith(".archive-") or one.name == "none.zip"] == []

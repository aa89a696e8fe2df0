"""A static copy speaks the language of its event, carries notes, and pictures of posts whose words it may carry."""

import io
import re
import zipfile
from datetime import date, datetime

from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.notes import write_notes
from app.actions.verdicts import approve
from app.domain.event import Event, EventKind
from app.domain.incoming import Photo
from app.domain.network import Networks
from app.files.static_archive import StaticArchive
from app.files.static_archive_pieces import PictureFile, Spoken
from app.queries.event_record import record, said_after
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming


def _said(text: str) -> str:
    return f"⟦{text}⟧"


def _day(day: date) -> str:
    return f"day {day.isoformat()}"


def _time(at: datetime) -> str:
    return f"time {at.isoformat()}"


async def test_it_says_all_in_the_language_and_takes_pictures_along_where_it_may(doors: Backchannel) -> None:
    event = await doors.do(create_event, "cake", name="Cake", hashtags=["cake"], at=NOON)
    for source in ("x", "mastodon"):
        photos = (Photo(f"https://{source}.example/cake.png", f"Cake of {source}"),)
        post = incoming(f"Cake by {source}", ref=source, source=source, by=source, photos=photos, posted_at=NOON)
        await doors.do(approve, (await doors.do(receive, event.id, post, at=NOON)).post_id, by=ASHA, at=NOON)
    device = "d0e1f2a3b4c5d6e7"
    mine = incoming("Cake by me", ref=f"{device}:k", source="floor", by=f"floor-{device[:10]}", posted_at=NOON)
    await doors.do(approve, (await doors.do(receive, event.id, mine, at=NOON)).post_id, by=ASHA, at=NOON)
    notes = "# Agreed <b>\n- read https://hips.example/?a=1&b=2 please\n\n(Also https://cake.example/b, and javascript:alert(1))"
    await doors.do(_is_meet, event.id)
    await doors.do(lambda db: setattr(db.get_one(Event, event.id), "farewell", "Thanks: https://bye.example/c."))
    await doors.do(write_notes, event.id, notes, after=0, by=ASHA, at=NOON)
    kept, networks = await doors.ask(record, event.id), Networks(NETWORKS)
    some, _ = await doors.ask(said_after, event.id, None, limit=10)
    out = io.BytesIO()
    spoken = Spoken(_said, _day, _time)
    archive = StaticArchive(
        out, kept, networks, lambda source: not networks.origin(source).public_words, spoken, private=False
    )
    (key,) = archive.whose_pictures(some)
    archive.add(some, {key: PictureFile("image/jpeg", b"pixels")})
    archive.add_photo(7, "Kai & the cake", PictureFile("image/png", b"more pixels"))
    archive.end()
    with zipfile.ZipFile(out) as opened:
        page, index = opened.read("posts/0001.html").decode(), opened.read("index.html").decode()
        lines = opened.read("posts/0001.jsonl").decode()
        assert opened.read(f"pictures/{key}.jpg") == b"pixels"
        assert opened.read("pictures/photo-7.png") == b"more pixels"
    assert f'<img src="../pictures/{key}.jpg" alt="Cake of mastodon">' in page
    assert '<img src="pictures/photo-7.png" alt="Kai &amp; the cake">' in index
    assert "Cake of x" not in page
    assert "Cake by me" in lines
    assert not [one for one in (page, index, lines) if device[:10] in one]
    assert "⟦A post on X⟧" in page
    assert "time 2026" in page
    assert all(f"⟦{word}⟧" in index for word in ("What was said", "Notes", "3 posts", "Page 1"))
    assert "<h3 dir=auto>Agreed &lt;b&gt;</h3>" in index
    assert re.findall('href="(http[^"]*)"', index) == [
        "https://bye.example/c",
        "https://hips.example/?a=1&amp;b=2",
        "https://cake.example/b",
    ]
    assert 'href="javascript' not in index


def _is_meet(db: Session, event_id: int) -> None:
    db.get_one(Event, event_id).kind = EventKind.MEET

"""A deleted event is gone: no row, no picture, no byte of it in the file; what belongs to others stays."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.brand import change_brand
from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.events import Refused, create_event
from app.actions.links import give_link
from app.actions.questions import make_question
from app.actions.reading_cost import count_read, forget_paid
from app.actions.sources import change_source
from app.actions.verdicts import approve
from app.actions.votes import vote
from app.actions.webhooks import add_webhook
from app.domain.access import Role
from app.domain.brand_picture import Drawn, PictureUse
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Photo, Quoted
from app.domain.post import Picture
from app.domain.publication import Publication
from app.domain.reading_cost import MeterRef, MeterRest, Read, day_of
from app.domain.tables import metadata
from app.queries.reading_cost import spent
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

SECRET = "Quillfeather"
SHARED = "https://pictures.example/shared.png"


async def furnish(doors: Backchannel, event_id: int, own: str) -> None:
    owner = await doors.do(give_link, event_id, Role.OWNER, at=NOON, label=own)
    by = Actor(label=own, access_id=owner.access.id)
    for ref, picture in (("1", SHARED), ("2", f"https://pictures.example/{own}.png")):
        arrives = incoming(
            f"What {own} says about {ref}",
            ref=ref,
            by=f"by_{own}",
            photos=(Photo(url=picture, alt=own),),
            quote=Quoted(True, text=own, photos=(Photo(url=f"https://pictures.example/quoted-{ref}-{own}.png"),)),
        )
        post = await doors.do(receive, event_id, arrives, at=NOON)
        await doors.do(approve, post.post_id, by=by, at=NOON)
    question = await doors.do(make_question, post.post_id, by=by, at=NOON)
    await doors.do(vote, question.id, f"phone of {own}", at=NOON)
    await doors.do(add_webhook, event_id, f"https://hooks.example/{own}", at=NOON)
    look = {"accent": "teal", "wall": "dark", "ground": "", "invitation": f"Ask {own}"}
    logo = Drawn("image/png", own.encode() * 2_000, 30, 10)
    await doors.do(change_brand, event_id, **look, pictures=dict.fromkeys(PictureUse, logo), at=NOON)


async def rows(doors: Backchannel) -> dict[str, int]:
    """How many there are of each; of the log, which the votes of the first event go on being told in, of others."""

    def count(db: Any) -> dict[str, int]:
        found = {table.name: db.exec(select(func.count()).select_from(table)).one() for table in metadata.sorted_tables}
        return {**found, "publication": db.exec(select(func.count()).where(Publication.event_id != 1)).one()}

    return await doors.ask(count)


async def test_only_a_closed_event_is_deleted(doors: Backchannel, event: Event) -> None:
    with pytest.raises(Refused, match="Close the event first"):
        await doors.do(delete_event, event.id, at=NOON)


async def test_of_a_deleted_event_nothing_is_left_and_another_loses_nothing(
    doors: Backchannel, event: Event, database_url: str
) -> None:
    await furnish(doors, event.id, "Bodnant")
    before = await rows(doors)
    other = await doors.do(create_event, "elsewhere", name=SECRET, hashtags=[SECRET], at=NOON)
    await furnish(doors, other.id, SECRET)
    await doors.do(close_event, other.id, at=NOON)
    await doors.do(delete_event, other.id, at=NOON)
    assert await rows(doors) == before
    kept = await doors.ask(lambda db: {picture.url for picture in db.exec(select(Picture))})
    quoted = {f"https://pictures.example/quoted-{ref}-Bodnant.png" for ref in "12"}
    assert kept == {SHARED, "https://pictures.example/Bodnant.png"} | quoted
    await doors.close()
    left = b"".join(
        file.read_bytes() for file in Path(database_url.removeprefix("sqlite:///")).parent.glob("*.sqlite3*")
    )
    assert b"Bodnant" in left
    assert SECRET.encode() not in left


def test_every_table_of_an_event_is_known() -> None:
    """A table that an event's rows are in, and that does not say so, would keep them."""
    apart = {"event", "picture", "vote", "homelink", "lease", "unwantedmail", "meterref", "meterrest"}
    apart |= {"series", "pause"}  # of several events: they go with their pattern (`forget_series`)
    assert {table.name for table in metadata.sorted_tables if "event_id" not in table.c} == apart


async def test_what_was_read_today_counts_after_the_deletion_and_is_forgotten_by_tomorrow(
    doors: Backchannel, event: Event
) -> None:
    other = await doors.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    theirs, ours = [
        await doors.do(change_source, one.id, "x", enabled=True, options={}, at=NOON) for one in (event, other)
    ]
    await doors.do(count_read, theirs.id, Read(frozenset("abc"), frozenset("d")), at=NOON)
    await doors.do(close_event, event.id, at=NOON)
    await doors.do(delete_event, event.id, at=NOON)
    left = await doors.ask(spent, ours.id, day=day_of(NOON))
    assert (left.today, left.along, left.event) == (3, 1, 0)
    await doors.do(forget_paid, at=NOON + timedelta(days=1))
    assert await doors.ask(lambda db: [*db.exec(select(MeterRef)), *db.exec(select(MeterRest))]) == []

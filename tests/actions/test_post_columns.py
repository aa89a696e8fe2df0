"""What hangs on a post is stored with it, shown with it and gone with it: pictures of whom it quotes, too."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.withdrawals import withdraw
from app.domain.incoming import Byline, Incoming, Photo, Quoted, Withdrawal
from app.domain.post import Picture, Post
from app.domain.screening.reading.shown import ALT, shown_besides
from tests.actions.desk import Desk
from tests.conftest import NOON, incoming

OWN = Photo("https://pbs.example/own.png", "Our stand")
THEIRS = Photo("https://pbs.example/theirs.png", "Their soup", 800, 600)
QUOTE = Quoted(
    True,
    Byline("ann", "Ann Rees", "https://pbs.example/ann.png", verified="blue"),
    "It is hot",
    "https://x.com/ann/status/55",
    datetime(2026, 10, 1, 10, tzinfo=UTC),
    (THEIRS,),
)


def quoting() -> Incoming:
    return incoming("So true", photos=(OWN,), quote=QUOTE)


def pictures(db: Session) -> set[str]:
    return {url.rpartition("/")[2] for url in db.exec(select(Picture.url))}


async def received(desk: Desk) -> Post:
    return await desk.post((await desk.doors.do(receive, desk.event.id, quoting(), at=NOON)).post_id)


def test_a_quoted_picture_is_read_with_the_others() -> None:
    assert [(one.place, one.text) for one in shown_besides(quoting()) if one.field == ALT] == [
        (0, "Our stand"),
        (1, "Their soup"),
    ]


async def test_time_avatar_and_pictures_of_a_quoted_post_are_kept(desk: Desk) -> None:
    post = await received(desk)
    assert post.quote is not None
    assert post.quote["posted_at"] == "2026-10-01T10:00:00+00:00"
    assert post.quote["avatar"]
    [photo] = post.quote["photos"]  # type: ignore[misc]
    assert (photo["alt"], photo["width"]) == ("Their soup", 800)  # type: ignore[index]
    assert await desk.doors.ask(pictures) >= {"own.png", "theirs.png", "ann.png"}


@pytest.mark.parametrize(("only_quote", "left"), [(True, {"own.png"}), (False, set[str]())])
async def test_what_is_withdrawn_takes_its_pictures_along(desk: Desk, only_quote: bool, left: set[str]) -> None:
    post = await received(desk)
    gone = Withdrawal("x", "1", "deleted", only_quote=only_quote)
    await desk.doors.do(withdraw, desk.event.id, gone, at=NOON)
    assert await desk.doors.ask(pictures) == left
    assert "Their soup" not in str((await desk.post(post.id)).quote)


async def test_the_picture_of_an_author_goes_with_their_last_post(desk: Desk) -> None:
    jo = Byline("jo", "Jo", "https://pbs.example/jo.png")
    for ref in ("1", "2"):
        await desk.doors.do(receive, desk.event.id, incoming(f"number {ref} of many", ref=ref, byline=jo), at=NOON)
    for ref, left in (("1", {"jo.png"}), ("2", set[str]())):
        await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", ref, "deleted"), at=NOON)
        assert await desk.doors.ask(pictures) == left

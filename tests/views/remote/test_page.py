"""Scenes of a room, chosen at the remote, at the desk or by a program: it is one and the same act, and undone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from app.actions.current_talk import move_programme_on
from app.actions.talks import add_talk
from app.domain.access import Role
from app.domain.decision import Decision
from app.domain.room import Room
from app.domain.scene import Announcement
from app.domain.subject import Subject
from app.queries.rooms import rooms
from tests.views.site import OURS, Site

HALL, ATTIC = "main-hall", "attic"


@pytest.fixture
def hall(site: Site) -> Room:
    """The hall and the attic; whoever asks is a moderator."""
    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(hours=1)}
    for room in ("Main hall", "Attic"):
        site.do(add_talk, site.event.id, title=f"In the {room}", room=room, at=now, **times)
    site.do(move_programme_on, site.event.id, at=now)
    site.enter(Role.MODERATOR, "desk")
    return next(room for room in site.ask(rooms, site.event.id) if room.key == HALL)


def on(site: Site, room: str = "") -> str:
    page = site.client.get(f"/e/box10/r/{room}/wall" if room else "/e/box10/wall").text
    return page.partition('data-scene="')[2].partition('"')[0]


def at_the_remote(site: Site, hall: Room, kept: str) -> Any:
    return site.post("/remote/scene", scene=kept, room=str(hall.id))


def at_the_desk(site: Site, hall: Room, kept: str) -> Any:
    page = {**OURS, "Referer": f"http://testserver/e/box10/r/{hall.key}/desk"}
    return site.client.post(f"/e/box10/scene/{kept}", headers=page)


def by_a_program(site: Site, hall: Room, kept: str) -> Any:
    key = {**OURS, "Authorization": f"Bearer {site.links[Role.MODERATOR].token}"}
    scene = None if kept == "programme" else kept
    return site.client.put(f"/api/v1/event/scene?room={hall.key}", json={"scene": scene}, headers=key)


@pytest.mark.parametrize("door", [at_the_remote, at_the_desk, by_a_program])
def test_a_scene_of_a_room_is_one_act_through_every_door(
    site: Site, hall: Room, door: Callable[[Site, Room, str], Any]
) -> None:
    for kept in ("join", "holding", "programme", "join"):
        assert door(site, hall, kept).status_code < 400
        assert (on(site, HALL), on(site, ATTIC), on(site)) == ("feed" if kept == "programme" else kept, "feed", "feed")
    assert door(site, hall, "sponsors").status_code == 409
    told = select(Decision).where(Decision.subject == Subject.ROOM_SCENE).order_by(col(Decision.id))
    lines = site.ask(lambda db: list(db.exec(told)))
    who = site.links[Role.MODERATOR].access
    assert [(one.before, one.after) for one in lines] == [
        ("programme", "join"), ("join", "holding"), ("holding", "programme"), ("programme", "join")
    ]  # fmt: skip
    assert {(one.subject_id, one.access_id) for one in lines} == {(hall.id, who.id)}
    for left in ("feed", "holding"):
        site.post("/stage/undo")
        assert on(site, HALL) == left


def test_what_was_chosen_for_all_rooms_is_taken_back_for_all_of_them(site: Site, hall: Room) -> None:
    site.post("/remote/scene", scene="join", room="0")
    assert (on(site, HALL), on(site, ATTIC)) == ("join", "join")
    for page in ("remote", "desk"):
        assert "Back to the programme in all rooms" in site.client.get(f"/e/box10/r/{HALL}/{page}").text
    at_the_desk(site, hall, "holding")
    for page in ("remote", "desk"):
        assert "Back to the programme in all rooms" not in site.client.get(f"/e/box10/r/{HALL}/{page}").text
    at_the_desk(site, hall, "programme")
    assert (on(site, HALL), on(site, ATTIC)) == ("join", "join")
    at_the_desk(site, hall, "programme?everywhere=1")
    assert (on(site, HALL), on(site, ATTIC)) == ("feed", "feed")
    page = {**OURS, "Referer": f"http://testserver/e/box10/r/{HALL}/desk"}
    site.client.delete("/e/box10/scene/programme?everywhere=1", headers=page)
    assert on(site, ATTIC) == "join"


def test_a_tap_that_is_sent_later_from_another_page_is_of_its_own_room(site: Site, hall: Room) -> None:
    elsewhere = {**OURS, "Referer": f"http://testserver/e/box10/r/{ATTIC}/remote"}
    kept = {"scene": "join", "room": str(hall.id)}
    assert site.client.post("/e/box10/remote/scene", data=kept, headers=elsewhere).status_code == 200
    assert (on(site, HALL), on(site, ATTIC)) == ("join", "feed")
    assert site.post("/remote/scene", scene="movie", room=str(hall.id)).status_code == 404


def test_an_announcement_that_comes_twice_is_made_once_and_taken_down(site: Site, hall: Room) -> None:
    for _ in range(2):
        site.post("/remote/announcement", text="Lunch is  served", minutes="5")
    assert site.ask(lambda db: len(db.exec(select(Announcement)).all())) == 1
    assert "Lunch is served" in site.client.get(f"/e/box10/r/{ATTIC}/wall").text
    assert site.post("/remote/announcement", text=" ", minutes="5").status_code == 409
    site.post("/remote/announcement", minutes="0")
    assert "Lunch is served" not in site.client.get(f"/e/box10/r/{ATTIC}/wall").text

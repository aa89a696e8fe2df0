"""The demo is a whole conference, of nobody, for ever."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.demo.conference import day, known, opening, slots
from app.demo.playing import make_demo, open_the_doors, play_for_ever
from app.demo.presenting import TURNS, present_for_ever, thank_sponsors
from app.domain.event import Event
from app.domain.incoming import Incoming
from app.domain.question import Question
from app.domain.scene import Scene
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.files.recorded import open_recording
from app.files.recorded.own_lines import BadLine, read
from app.outbound.pictures import drawn_by_us
from app.queries.posts import counts, shown_cards, shown_ids
from app.queries.scenes import scene_of
from app.queries.stars import starred
from app.sources.networks import NETWORKS
from app.sources.replay import replay
from app.store.doors import Backchannel
from tests.shared_links import on_shelf

NOW = datetime(2026, 6, 11, 9, 0, tzinfo=UTC)
POSTS = [one for line in day() for one in line.found if isinstance(one, Incoming)]


class Stopped(Exception):
    pass


class VirtualTime:
    """A clock that only moves when somebody sleeps."""

    def __init__(self, naps: int = 1_000_000) -> None:
        self.at, self.naps, self.left = NOW, 0, naps

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.naps += 1
        if self.naps > self.left:
            raise Stopped


def test_several_hundred_posts_are_said_by_many_and_all_different() -> None:
    assert len(POSTS) >= 400
    assert len({post.byline.handle for post in POSTS}) >= 60
    assert len({(post.ref, post.version) for post in POSTS}) == len(POSTS)


def test_every_address_is_invented_and_every_picture_is_ours() -> None:
    for post in POSTS:
        for host in re.findall(r"https?://([^/\s]+)", post.text):
            assert host.endswith(".example"), host
        for url in (post.byline.avatar_url, *(photo.url for photo in post.photos)):
            if url:
                assert drawn_by_us(url.removeprefix("demo:")).content


def test_a_patient_number_is_of_the_range_for_tests() -> None:
    numbers = [number for post in POSTS for number in re.findall(r"\b\d{3} \d{3} \d{4}\b", post.text)]
    assert numbers
    assert all(number.startswith("999") for number in numbers)


def test_a_talk_is_running_whenever_the_demo_starts() -> None:
    running = [slot for slot in slots(NOW) if slot.starts_at <= NOW < slot.ends_at]
    assert [slot.key for slot in running] == ["athome", "carers"]
    assert {key for line in day() if (key := line.beside.get("demo", {}).get("talk"))} <= {
        talk["key"] for talk in known()["talks"]
    }


async def test_the_doors_open_on_a_wall_a_queue_and_questions_with_votes(doors: Backchannel) -> None:
    event = await make_demo(doors, at=NOW)
    await open_the_doors(doors, event.id, now=lambda: NOW)
    found = await doors.ask(counts, event.id)
    assert found.held >= 20
    assert found.approved >= 30
    votes = await doors.ask(lambda db: [one.votes for one in db.exec(select(Question))])
    assert sorted(votes)[-3:] == [14, 17, 21]
    asked = await doors.ask(lambda db: list(db.exec(select(Question))))
    assert len([one for one in asked if one.asked_with]) == len([one for one in asked if one.reply_id]) == 1
    talks = await doors.ask(lambda db: list(db.exec(select(Talk))))
    assert {talk.title for talk in talks if talk.do_not_share} == {"Dying at home, well looked after"}
    assert sum(1 for line in day() if opening(line)) >= 50
    kinds = {one.kind.value for one in await doors.ask(on_shelf, event.id) if one.title}
    assert kinds >= {"paper", "guide", "tool", "event"}
    assert len(await doors.ask(starred, event.id)) == 3
    # All three networks are on the wall, and somebody is on all of them at once.
    shown = await doors.ask(lambda db: shown_cards(db, shown_ids(db, db.get_one(Event, event.id), 12)))
    assert {card.post.source for card in shown.values()} >= {"x", "mastodon", "bluesky"}
    assert ("mastodon", "bluesky") in {card.also_on for card in shown.values() if card.post.source == "x"}


async def test_the_day_goes_on_after_its_end(doors: Backchannel) -> None:
    event = await make_demo(doors, at=NOW)
    time = VirtualTime(naps=len(day()) + 60)
    with pytest.raises(Stopped):
        await play_for_ever(doors, event.id, now=time.now, sleep=time.sleep)
    found = await doors.ask(counts, event.id)
    assert found.held + found.approved + found.rejected > 300
    assert timedelta(minutes=15) < time.at - NOW < timedelta(hours=2)

    def second_lap(db: Session) -> list[Verdict]:
        from app.domain.post import Post

        return [one.verdict for one in db.exec(select(Post)) if one.ref.endswith("-1") and not one.withdrawn_at]

    assert len(await doors.ask(second_lap)) >= 20


async def test_a_replay_keeps_order_and_rhythm(doors: Backchannel, event: object, tmp_path: Path) -> None:
    file = tmp_path / "recorded.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(
                {
                    "source": "replay",
                    "ref": str(number),
                    "byline": {"handle": "jo", "name": "Jo"},
                    "text": f"Something different, number {number}",
                    "posted_at": (NOW + timedelta(seconds=at)).isoformat(),
                }
            )
            for number, at in enumerate((0, 10, 40))
        )
    )
    time = VirtualTime()
    with open_recording(file, NETWORKS) as recorded:
        speed, keeps, rows = (lambda: 2.0), (lambda: False), recorded.rows()
        tally = await replay(doors, 1, rows, speed=speed, keep_times=keeps, now=time.now, sleep=time.sleep)
    assert (tally.played, tally.bad) == (3, 0)
    assert time.at - NOW == timedelta(seconds=20)


@pytest.mark.parametrize("raw", ["", "[]", "nonsense", '{"text": "no ref"}', '{"repost": {}}', '{"data": 7}'])
def test_a_line_that_is_not_of_the_format_is_a_bad_line(raw: str) -> None:
    with pytest.raises(BadLine):
        read(raw, NETWORKS)


Sleeper = Callable[[float], Awaitable[None]]


async def test_its_desk_shows_every_scene_of_the_wall_and_leads_back_to_the_posts(doors: Backchannel) -> None:
    clock, seen = VirtualTime(naps=4 * len(TURNS)), set()
    event = await make_demo(doors, at=NOW)
    await open_the_doors(doors, event.id, now=clock.now)
    await thank_sponsors(doors, event.id, now=clock.now)

    async def sleep(seconds: float) -> None:
        seen.add(await doors.ask(lambda db: scene_of(db, db.get_one(Event, event.id))))
        clock.at += timedelta(seconds=seconds)
        clock.naps += 1
        if clock.naps > clock.left:
            raise Stopped

    with pytest.raises(Stopped):
        await present_for_ever(doors, event.id, now=clock.now, sleep=sleep)
    assert {*TURNS, Scene.FEED} - seen == {Scene.ANNOUNCEMENT}  # as a band, below the others

"""The shelf has every link of what is shown, each once, with who shared it; what goes from the screens goes from it."""

from datetime import timedelta

from app.actions.event_states import archive_event, close_event
from app.actions.prompts import release_prompt, write_prompt
from app.actions.talks import add_talk
from app.actions.verdicts import reject
from app.actions.withdrawals import withdraw
from app.domain.event import Event
from app.domain.incoming import Withdrawal
from app.domain.prompt import PromptKind
from app.domain.talk import Talk
from app.queries.shelf import shelf_of_series
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.shared_links import on_shelf, share
from tests.weekly import FOUNDED, editions, weekly

HIPS = "https://hips.example/guide"
SAME = ("http://hips.example/guide/?utm_source=x", f"{HIPS}#top", f"{HIPS}?fbclid=1")


async def test_a_link_stands_once_with_everybody_who_shared_it_and_goes_with_the_last(
    doors: Backchannel, event: Event
) -> None:
    ids = [await doors.do(share, event.id, url, str(number)) for number, url in enumerate(SAME)]
    await doors.do(share, event.id, f"{HIPS}?page=2", "other")
    await doors.do(share, event.id, "https://held.example/", "held", approved=False)
    other, hips = await doors.ask(on_shelf, event.id)
    assert (hips.url, other.url) == (HIPS, f"{HIPS}?page=2")
    assert [card.author.handle for card in hips.by] == ["author_0", "author_1", "author_2"]
    for number, post_id in enumerate(ids):
        assert len(await doors.ask(on_shelf, event.id)) == 2
        if number % 2:
            await doors.do(reject, post_id, by=ASHA, at=NOON)
        else:
            await doors.do(withdraw, event.id, Withdrawal("x", str(number), "deleted"), at=NOON)
    assert [one.url for one in await doors.ask(on_shelf, event.id)] == [f"{HIPS}?page=2"]


async def test_a_title_that_came_with_a_post_is_shown_and_one_author_is_named_once(
    doors: Backchannel, event: Event
) -> None:
    for ref in ("1", "2"):
        await doors.do(share, event.id, HIPS, ref, title="A guide to hips", by="jo_hart")
    (hips,) = await doors.ask(on_shelf, event.id)
    assert (hips.name, hips.site, hips.kind) == ("A guide to hips", "hips.example", "guide")
    assert (len(hips.recommended), len(hips.by)) == (2, 1)
    assert hips.found_by(["hips", "guide"])
    assert not hips.found_by(["hips", "knees"])


async def test_links_stand_under_the_talk_that_ran_and_not_at_all_where_it_keeps_its_own(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    hour = timedelta(hours=1)
    quiet = {"title": "Not to be shared", "starts_at": NOON + hour, "ends_at": NOON + 2 * hour}
    kept = await doors.do(add_talk, event.id, **quiet, at=NOON)
    await doors.do(lambda db: setattr(db.get_one(Talk, kept.id), "do_not_share", True))
    await doors.do(share, event.id, HIPS, "1")
    await doors.do(share, event.id, "https://quiet.example/", "2", posted_at=NOON + hour)
    await doors.do(share, event.id, "https://between.example/", "3", posted_at=NOON - hour)
    found = {one.site: one.under for one in await doors.ask(on_shelf, event.id)}
    assert {site: under.id if under else None for site, under in found.items()} == {
        "hips.example": talk.id,
        "between.example": None,
    }


async def test_links_of_a_chat_stand_under_their_prompt(doors: Backchannel, event: Event) -> None:
    facts = {"kind": PromptKind.QUESTION, "text": "What helped?", "minute": None}
    prompt = await doors.do(write_prompt, event.id, **facts, by=ASHA, at=NOON)
    await doors.do(release_prompt, prompt.id, by=ASHA, at=NOON)
    await doors.do(share, event.id, HIPS, "1", words="A1 this did")
    (hips,) = await doors.ask(on_shelf, event.id)
    assert hips.under.id == prompt.id


async def test_of_an_archived_event_only_what_its_screens_may_show(doors: Backchannel, event: Event) -> None:
    for source in ("x", "floor"):
        await doors.do(share, event.id, f"https://{source}.example/", source, source=source)
    await doors.do(close_event, event.id, at=NOON)
    assert len(await doors.ask(on_shelf, event.id)) == 2
    await doors.do(archive_event, event.id, at=NOON)
    assert [one.site for one in await doors.ask(on_shelf, event.id)] == ["floor.example"]


async def test_a_series_has_what_its_editions_have_each_once(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    made = await doors.ask(lambda db: [one.event.id for one in editions(db, series.id)])
    for number, event_id in enumerate(made[:2]):
        await doors.do(lambda db, event_id: setattr(db.get_one(Event, event_id), "state", "open"), event_id)
        at = FOUNDED + timedelta(days=7 * number)
        await doors.do(share, event_id, HIPS, "1", posted_at=at, at=at)
        await doors.do(share, event_id, f"https://only-{number}.example/", "2", posted_at=at, at=at)
    found = await doors.ask(shelf_of_series, series)
    assert [one.site for one in found] == ["only-1.example", "only-0.example", "hips.example"]
    assert len(found[2].recommended) == 2

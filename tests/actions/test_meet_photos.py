"""Places for photos of a meet: nobody fills them all, neither with one phone nor with many of one address."""

from contextlib import suppress
from typing import Any

from app.actions.events import Refused
from app.actions.meet_photos import bring_photo, judge_photo
from app.domain.meet import MOST_OF_ONE_PHONE, MOST_PHOTOS, MOST_PHOTOS_KEPT, MOST_WAITING_OF_ONE_ADDRESS, MeetPhoto
from app.domain.verdict import Verdict
from app.queries.meets import photos_of
from app.store.doors import Backchannel
from tests.conftest import ASHA
from tests.meeting import meet_made
from tests.weekly import FOUNDED


async def test_a_stranger_fills_neither_with_one_phone_nor_with_many_the_places_of_a_meet(doors: Backchannel) -> None:
    event = (await doors.do(meet_made))[0].id

    async def bring(device: str, origin: str) -> MeetPhoto:
        facts: dict[str, Any] = {"origin": origin, "at": FOUNDED}
        return await doors.do(bring_photo, event, device, "image/png", b"-", "Cake", **facts)

    async def all_that_fit(origin: str, *phones: str) -> list[MeetPhoto]:
        there: list[MeetPhoto] = []
        for phone in phones:
            with suppress(Refused):
                while len(there) <= MOST_PHOTOS_KEPT:
                    there.append(await bring(phone, origin))
        return there

    async def judge(photos: list[MeetPhoto], verdict: Verdict) -> None:
        for one in photos:
            await doors.do(judge_photo, one.id, verdict, seen=one.seen, by=ASHA, at=FOUNDED)

    one = await all_that_fit("café", "phone 1")
    assert len(one) == MOST_OF_ONE_PHONE
    more = await all_that_fit("café", *(f"phone {number}" for number in range(2, 20)))
    assert len(one) + len(more) == MOST_WAITING_OF_ONE_ADDRESS < MOST_PHOTOS
    await bring("phone 20", "at home")  # others are not held up
    await judge(more, Verdict.APPROVED)  # nor is the café, once a host has looked
    assert len(await all_that_fit("café", "phone 30")) == MOST_OF_ONE_PHONE
    await judge(one, Verdict.REJECTED)  # what is taken away takes nobody's place, but one's own
    assert await all_that_fit("café", "phone 1") == []
    hosts = await all_that_fit("", "host")
    assert len(hosts) == MOST_PHOTOS - len(more) - 1 - MOST_OF_ONE_PHONE
    for _ in range(MOST_PHOTOS_KEPT // len(hosts) + 1):
        await judge(hosts, Verdict.REJECTED)
        hosts = await all_that_fit("", "host")
    assert len(await doors.ask(photos_of, event)) == MOST_PHOTOS_KEPT

"""A hall behind one address, and somebody in it who makes himself any number of phones: nobody else is silenced."""

import asyncio
import heapq
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from fastapi import HTTPException, Request, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.actions.verdicts import approve
from app.bus.memory import MemoryBus
from app.bus.rate_limits import Limits
from app.views.cookies import YOUNG_SECONDS
from app.views.floor.limits import POSTS, POSTS_OF_NEW_PHONES
from tests.conftest import ASHA, NOON
from tests.views.site import OURS, Site

MINUTES = 3


class Hall:
    """Phones behind one address, and a clock of its own."""

    def __init__(self, site: Site) -> None:
        self.at = 0.0
        bus = MemoryBus()
        bus._limits = Limits(lambda: self.at)
        self.context = site.context
        object.__setattr__(self.context, "bus", bus)
        object.__setattr__(self.context, "now", lambda: NOON + timedelta(seconds=self.at))

    def phone(self, since: float) -> Request:
        response = Response()
        self.context.cookies.give_device(response, NOON + timedelta(seconds=since))
        cookie = response.headers["set-cookie"].partition(";")[0]
        headers = [(b"cookie", cookie.encode())]
        return Request({"type": "http", "client": ("192.0.2.7", 1), "headers": headers})

    async def sends(self, phone: Request) -> int:
        """0 if it was let through, else the seconds that it was told to wait."""
        device = self.context.cookies.device(phone)
        try:
            await self.context.limit(phone, "post", device, POSTS, POSTS_OF_NEW_PHONES)
        except HTTPException as error:
            return int((error.headers or {})["Retry-After"])
        return 0

    async def lives(self, honest: list[tuple[float, Request]], script: Iterator[Request], often: float) -> list[float]:
        """When the words of each honest phone went through. A phone that is refused waits as it was told."""
        order, done = count(), [0.0] * len(honest)
        turns = [(at, next(order), number) for number, (at, _) in enumerate(honest)]
        turns.append((-1.0, next(order), -1))
        heapq.heapify(turns)
        left = len(honest)
        while left:
            self.at, _, who = heapq.heappop(turns)
            if who < 0:
                for _ in range(4):
                    await self.sends(next(script))
                heapq.heappush(turns, (self.at + 4 / often, next(order), -1))
                continue
            wait = await self.sends(honest[who][1])
            if wait:
                heapq.heappush(turns, (self.at + wait, next(order), who))
            else:
                done[who] = self.at
                left -= 1
        return done


def over_and_over(hall: Hall, number: int, since: float) -> Iterator[Request]:
    """`number` cookies that were made before, in turn."""
    phones = [hall.phone(since) for _ in range(number)]
    while True:
        yield from phones


def made_for_each(hall: Hall) -> Iterator[Request]:
    while True:
        yield hall.phone(hall.at)


@pytest.fixture
def hall(site: Site) -> Hall:
    return Hall(site)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cookies=st.sampled_from([0, 1, 30, 500]),
    since=st.sampled_from([-1.0, -30.0, -600.0]),
    often=st.sampled_from([5.0, 40.0]),
    arrive=st.lists(st.floats(0, MINUTES * 60), min_size=200, max_size=200),
    known=st.booleans(),
)
def test_two_hundred_phones_are_heard_whatever_one_of_the_hall_does(
    site: Site, cookies: int, since: float, often: float, arrive: list[float], known: bool
) -> None:
    """0 cookies: a fresh one for each post. Known phones do not wait at all, new ones only while they are new."""
    hall = Hall(site)
    script = over_and_over(hall, cookies, since) if cookies else made_for_each(hall)
    honest = [(at, hall.phone(at - (YOUNG_SECONDS + 1 if known else 0))) for at in arrive]
    waited = [done - at for (at, _), done in zip(honest, asyncio.run(hall.lives(honest, script, often)), strict=True)]
    assert max(waited) <= (0 if known else YOUNG_SECONDS + 1)


def test_a_script_gains_little_from_a_fresh_cookie_for_each_post(hall: Hall) -> None:
    script, passed = made_for_each(hall), 0

    async def floods() -> int:
        passed = 0
        while hall.at < 60:
            passed += not await hall.sends(next(script))
            hall.at += 0.02
        return passed

    passed = asyncio.run(floods())
    assert passed <= POSTS_OF_NEW_PHONES.burst + POSTS_OF_NEW_PHONES.per_minute + 1


def test_a_thousand_phones_that_arrive_at_once_are_all_heard(hall: Hall) -> None:
    """Within eighty seconds, nobody waits."""

    async def arrive() -> list[int]:
        told = []
        for _ in range(1_000):
            told.append(await hall.sends(hall.phone(hall.at)))
            hall.at += 0.08
        return told

    assert set(asyncio.run(arrive())) == {0}


def test_what_a_new_phone_is_refused_for_its_address_costs_it_nothing(hall: Hall) -> None:
    async def tries() -> list[bool]:
        script, phone = made_for_each(hall), hall.phone(0)
        while not await hall.sends(next(script)):
            pass
        refused = [await hall.sends(phone) > 0 for _ in range(20)]
        hall.at = YOUNG_SECONDS + 1.0
        return [*refused, *[await hall.sends(phone) > 0 for _ in range(POSTS.burst)]]

    assert asyncio.run(tries()) == [True] * 20 + [False] * POSTS.burst


def test_a_cookie_of_before_is_a_known_phone_and_one_of_tomorrow_too(site: Site) -> None:
    """Times were not always written in; and a server's clock may be set back."""
    cookies, now = site.context.cookies, datetime.now(UTC)

    def youth(value: object) -> tuple[str | None, float]:
        cookie = f"device={cookies._devices.dumps(value)}".encode()
        request = Request({"type": "http", "headers": [(b"cookie", cookie)]})
        return cookies.device(request), cookies.youth(request, now)

    assert youth("from-before") == ("from-before", 0)
    assert youth(["a", int(now.timestamp()) + 3600]) == ("a", 0)
    assert youth(["a", int(now.timestamp())])[1] > YOUNG_SECONDS - 2
    assert youth(["a", int(now.timestamp()) - YOUNG_SECONDS]) == ("a", 0)
    assert youth({"a": 1})[0] is None


@pytest.mark.parametrize("asked", ["/e/box10/posts", "/questions/1/vote"])
def test_who_is_refused_for_want_of_our_cookie_gets_it_and_is_taken_the_next_time(site: Site, asked: str) -> None:
    """A vote, or words, from a page whose cookie the browser has thrown away since."""
    site.client.get("/e/box10")
    site.post("/posts", text="Is there a hearing loop?", key="k")
    site.do(approve, 1, by=ASHA, at=datetime.now(UTC))
    site.client.cookies.clear()
    told = []
    for _ in range(2):
        data = {"text": "And at the back?", "key": "two"}
        headers = {**OURS, "Accept": "application/json"}
        told.append(site.client.post(asked, data=data, headers=headers))
    assert (told[0].status_code, told[0].headers["retry-after"]) == (403, "0")
    assert "try once more" in told[0].json()["detail"]
    assert told[1].status_code in {200, 201}, "the cookie came with the refusal"

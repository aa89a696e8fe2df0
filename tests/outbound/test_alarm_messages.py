"""People are called by ntfy, web request and mail, with numbers and no words of posts."""

import json

from app.actions.alarms import change_alarms, watch
from app.domain.alarms import Alarms
from app.domain.event import Event
from app.outbound.alarm_delivery import call
from app.store.doors import Backchannel
from tests.actions.ways import LATE, Ways, arrives, ways
from tests.conftest import NOON

__all__ = ["ways"]


async def test_people_are_called_by_ntfy_web_and_mail_with_numbers_and_no_words_of_posts(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    alarms = Alarms(ntfy=ways.receiver.url("/topic"), webhook=ways.receiver.url("/hook"), email=("asha@example.org",))
    await doors.do(change_alarms, event.id, alarms, at=NOON)
    await arrives(doors, event)
    raised = await doors.do(watch, event.id, at=LATE)
    assert raised is not None
    results = await call(raised, ways.settings, ways.outgoing, retry=False)
    assert results == {"ntfy": "delivered", "webhook": "delivered", "email": "delivered"}
    told = {path: (headers, body) for path, headers, body in ways.receiver.requests}
    assert told["/topic"][0]["Title"] == "Box 10: Nobody is at the desk"
    assert b"1 post waits" in told["/topic"][1]
    data = json.loads(told["/hook"][1])
    assert (data["alarm"], data["waiting"], data["desk"]) == ("nobody", 1, "https://live.example.org/e/box10/desk")
    (letter,) = ways.box.letters  # type: ignore[attr-defined]
    assert "Subject: Box 10: Nobody is at the desk" in letter
    assert "To: asha@example.org" in letter
    assert "something worth saying" not in letter + str(ways.receiver.requests)


async def test_a_message_that_fails_says_why_and_no_private_or_redirected_address_is_asked(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    ways.receiver.answers = [500]
    await arrives(doors, event)

    async def called(address: str) -> str:
        alarms = Alarms(webhook=address)
        await doors.do(change_alarms, event.id, alarms, at=NOON)
        await doors.do(lambda db: setattr(db.get_one(Event, event.id), "alarm", ""))
        raised = await doors.do(watch, event.id, at=LATE)
        assert raised is not None
        return (await call(raised, ways.settings, ways.outgoing, retry=False))["webhook"]

    assert await called(ways.receiver.url()) == "127.0.0.1 answered 500"
    ways.receiver.answers = [302]
    assert await called(ways.receiver.url()) == "127.0.0.1 answered 302"
    assert await called("http://127.0.0.1:1/x") == "127.0.0.1: the address is not a public one"
    assert "public" in await called("http://localhost:1/x") or "reached" in await called("http://localhost:1/x")

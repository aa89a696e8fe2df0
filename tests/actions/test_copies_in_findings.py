"""A finding that repeats a question goes with the words of that question, by whichever way these go."""

from dataclasses import replace

import pytest

from app.actions.arrivals import receive
from app.actions.erasures import erase_person
from app.actions.questions import make_question
from app.actions.verdicts import approve
from app.actions.withdrawals import retract, withdraw
from app.domain.decision import SETUP
from app.domain.incoming import Withdrawal
from tests.actions.desk import Desk
from tests.conftest import NOON, incoming

ASKED = "Who pays for the interpreters when a clinic runs late in the evening?"
ALIKE = "Who pays for interpreters if the clinic runs late in the evening?"
OTHER = "How do you measure loneliness on a ward without asking people twice?"
OTHER_ALIKE = "How do you measure loneliness on the wards without asking people twice?"


async def _asked(desk: Desk, text: str, **facts: object) -> int:
    post_id = await desk.arrives(text, **facts)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(make_question, post_id, by=desk.asha, at=NOON)
    return post_id


async def _repeated(desk: Desk, post_id: int) -> list[object]:
    return [signal["facts"] for signal in (await desk.post(post_id)).signals if signal["code"] == "similar-question"]


async def _withdrawn(desk: Desk, _post_id: int) -> None:
    await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", "7", "deleted by its author"), at=NOON)


async def _taken_back(desk: Desk, post_id: int) -> None:
    assert await desk.doors.do(retract, desk.event.id, post_id, "mine", at=NOON)


async def _erased(desk: Desk, _post_id: int) -> None:
    await desk.doors.do(erase_person, desk.event.id, "jo", by=SETUP, at=NOON)


async def _edited(desk: Desk, _post_id: int) -> None:
    edit = replace(incoming("Thank you, that is answered now.", ref="7", by="jo"), version=2)
    await desk.doors.do(receive, desk.event.id, edit, at=NOON)


@pytest.mark.parametrize("goes", [_withdrawn, _taken_back, _erased, _edited])
async def test_the_finding_goes_with_the_words_it_repeats_and_no_other_does(desk: Desk, goes: object) -> None:
    floor = {"source": "floor", "device": "mine"} if goes is _taken_back else {}
    post_id = await _asked(desk, ASKED, ref="7", by="jo", **floor)
    await _asked(desk, OTHER)
    alike, other = await desk.arrives(ALIKE), await desk.arrives(OTHER_ALIKE)
    assert [facts["other"] for facts in await _repeated(desk, alike)] == [ASKED]  # type: ignore[index]
    kept = await _repeated(desk, other)
    assert kept
    await goes(desk, post_id)  # type: ignore[operator]
    assert await _repeated(desk, alike) == []
    assert await _repeated(desk, other) == kept
    assert ASKED not in str((await desk.post(alike)).model_dump())

"""An event with two moderators, and short words for what they do."""

from datetime import datetime

import pytest

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.seats_and_claims import take_seat
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.post import Post
from app.queries.desk import desk_cards, queue_ids
from app.queries.desk_card import DeskCard
from app.queries.posts import post_by_id
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"


class Desk:
    """An event with two moderators, and short words for what they do."""

    def __init__(self, doors: Backchannel, event: Event, asha: Actor, ben: Actor) -> None:
        self.doors, self.event, self.asha, self.ben = doors, event, asha, ben
        self.arrived = 0

    async def arrives(self, text: str = "", *, at: datetime = NOON, **facts: object) -> int:
        self.arrived += 1
        facts = {"ref": str(self.arrived), "by": f"author_{self.arrived}", **facts}
        post = incoming(text or f"something worth saying, number {self.arrived}", **facts)  # type: ignore[arg-type]
        return (await self.doors.do(receive, self.event.id, post, at=at)).post_id

    async def post(self, post_id: int) -> Post:
        found = await self.doors.ask(post_by_id, post_id)
        assert found is not None
        return found

    async def verdicts(self, *ids: int) -> list[str]:
        return [(await self.post(post_id)).verdict.value for post_id in ids]

    async def queue(self) -> list[int]:
        return await self.doors.ask(lambda db: queue_ids(db, db.get_one(Event, self.event.id), 100))

    async def card(self, post_id: int) -> DeskCard:
        return (await self.doors.ask(desk_cards, [post_id]))[post_id]

    async def policy(self, **facts: object) -> None:
        await self.doors.do(change_policy, self.event.id, Policy(**facts), by=self.asha, at=NOON)  # type: ignore[arg-type]

    async def sits(self, by: Actor, post_id: int | None = None, at: datetime = NOON) -> str:
        claim = await self.doors.do(take_seat, self.event.id, f"tab of {by.label}", post_id, by=by, at=at)
        return claim.taken_by


@pytest.fixture
async def desk(doors: Backchannel, event: Event) -> Desk:
    links = [await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label=name) for name in ("Asha", "Ben")]
    return Desk(doors, event, *(Actor(link.access.label, link.access.id) for link in links))

"""An event whose owner acts, and the secrets that no line of the log may tell."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.actions.events import Refused, create_event
from app.actions.links import give_link
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.store.doors import Backchannel
from tests.conftest import NOON

SECRETS = (
    "sealed-token-of-a-network",
    "mail-to-jo@mail.example",
    "path-of-the-hook",
    "topic-of-the-desk",
    "asha@mail.example",
    "token-of-a-link-0123456789",
)
ADDRESS = "https://hooks.example/path-of-the-hook"


class Hall:
    """An event whose owner acts, beside others; ids of what was made before."""

    def __init__(self, doors: Backchannel, event: Event, owner: Actor) -> None:
        self.doors, self.event, self.owner = doors, event, owner
        self.made: dict[str, int] = {}

    @classmethod
    async def of(cls, doors: Backchannel, slug: str = "hall") -> "Hall":
        event = await doors.do(create_event, slug, name="The hall", hashtags=["hall"], at=NOON)
        link = await doors.do(give_link, event.id, Role.OWNER, at=NOON, label="Nia")
        return cls(doors, event, Actor(link.access.label, link.access.id))

    async def do(self, verb: Callable[..., Any], *args: Any, **facts: Any) -> Any:
        return await self.doors.do(verb, self.event.id, *args, **{"at": NOON, **facts})

    async def acts(self, verb: Callable[..., Any], *args: Any, **facts: Any) -> None:
        """What is refused, such as the same once more, leaves no line either."""
        try:
            await self.doors.do(verb, *args, **{"by": self.owner, "at": NOON, **facts})
        except Refused:
            return


TOKEN = {"sealed": "sealed-token-of-a-network", "mark": "9f", "told": ""}


async def nothing(_: Hall) -> None:
    return


@dataclass(frozen=True)
class Act:
    verb: str
    does: Callable[[Hall], Awaitable[None]]
    lines: list[tuple[str, str, str]]
    before: Callable[[Hall], Awaitable[None]] = nothing

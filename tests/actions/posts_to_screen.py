"""Posts that arrive for the tests of rules."""

from app.actions.arrivals import receive
from app.domain.event import Event
from app.domain.post import Post
from app.queries.posts import post_by_id
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"


async def arrives(doors: Backchannel, event: Event, text: str, ref: str, **facts: object) -> int:
    facts = {"by": f"author_{ref}", **facts}
    return (await doors.do(receive, event.id, incoming(text, ref=ref, **facts), at=NOON)).post_id  # type: ignore[arg-type]


async def post(doors: Backchannel, post_id: int) -> Post:
    found = await doors.ask(post_by_id, post_id)
    assert found is not None
    return found

"""Where sockets are refused: `GET /live/{slug}/{view}?after={cursor}` answers what the socket would push.

The same address, rights and messages, as a JSON array; the last one is a tick. Whoever asks counts as listening for a
while.
"""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from app.domain.sentence import Sentence
from app.live.admission import Admission
from app.live.broadcast import Message, tick
from app.live.feed import Feed
from app.live.listeners.handshake import HandshakeRefused
from app.live.listeners.upgrade import HandshakeQueue
from app.queries.events import EventGone
from app.views.context import InContext
from app.views.row_ids import LARGEST_ID

router = APIRouter()


@router.get("/live/{slug}/{view}")
async def poll(
    slug: str, view: str, request: Request, context: InContext, after: Annotated[int, Query(le=LARGEST_ID)] = -1
) -> Response:
    """What a screen that stands at a cursor must be told. 403 where a socket would be closed with 4401."""
    if not context.views.knows(view):
        raise HTTPException(404)
    gate: HandshakeQueue = request.app.state.gate
    try:
        found = await _told(gate.feed, gate.admission, request, slug=slug, view=view, after=after)
    except (HandshakeRefused, EventGone):
        raise HTTPException(404, "There is no event at this address.") from None
    return Response("[" + ",".join(message.text for message in found) + "]", media_type="application/json")


async def _told(
    feed: Feed, admission: Admission, request: Request, *, slug: str, view: str, after: int
) -> list[Message]:
    """Who was let in before a link changed is looked up again. Raises 403 for whoever may not listen."""
    admitted = admission.known(request, slug, view) or await admission.ask(request, slug, view)
    while admitted.may:
        found = await _missed(feed, admitted.following.event_id, view, after, _whose(request))
        if admitted.holds():
            return found
        admitted = await admission.ask(request, slug, view)
    raise HTTPException(403, Sentence("This link does not hold any more. Ask the organiser for a new one."))


async def _missed(feed: Feed, event_id: int, view: str, after: int, whose: str) -> list[Message]:
    """From memory where that reaches back far enough, as for a socket."""
    audience = (await feed.follow(event_id)).audience(view)
    audience.asked_by(whose)
    broadcast = audience.broadcast
    missed: list[Message] = []
    if (number := broadcast.place(after)) is None:
        missed = [await feed.catch_up(event_id, view, after)]
        # It may have been read for somebody else, a while ago; as a socket does, one goes on from there.
        number = broadcast.place(missed[0].cursor)
    if number is None:
        return [*missed, tick(missed[0].cursor)]
    kept = [broadcast.get(one) for one in range(number, broadcast.end)]
    return [*missed, *kept, tick(broadcast.cursor)]


def _whose(request: Request) -> str:
    """Something that tells two screens apart: it counts them, no more."""
    address = request.client.host if request.client else ""
    return f"{address} {request.headers.get('cookie', '')}"

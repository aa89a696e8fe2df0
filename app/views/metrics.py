"""`/metrics` for Prometheus: what an operator wants to see rise before it hurts."""

from collections.abc import AsyncGenerator, Iterator

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from app.queries.events import every_event, sources
from app.queries.posts import counts
from app.views.shell import InShell, Shell

router = APIRouter()


@router.get("/metrics")
async def metrics(request: Request, shell: InShell) -> Response:
    listeners = {
        (audience.broadcast.event_id, audience.broadcast.view): len(audience)
        for audience in request.app.state.feed.audiences()
    }
    lines = [line async for line in _lines(shell)]
    sockets = [
        f'backchannel_sockets{{event="{event_id}",view="{view}"}} {number}'
        for (event_id, view), number in sorted(listeners.items())
    ]
    return PlainTextResponse("\n".join([*_head("backchannel_sockets", "Open sockets."), *sockets, *lines, ""]))


async def _lines(shell: Shell) -> AsyncGenerator[str]:
    events = await shell.backchannel.ask(every_event)
    for line in _head("backchannel_posts", "Posts by verdict."):
        yield line
    found = [(event, await shell.backchannel.ask(counts, event.id)) for event in events]
    for event, known in found:
        for verdict in ("held", "approved", "stashed", "rejected"):
            yield f'backchannel_posts{{event="{event.slug}",verdict="{verdict}"}} {getattr(known, verdict)}'
    for line in _head("backchannel_oldest_waiting_seconds", "Age of the post that waits longest; 0 if none does."):
        yield line
    for event, known in found:
        age = (shell.now() - known.oldest.received_at).total_seconds() if known.oldest else 0
        yield f'backchannel_oldest_waiting_seconds{{event="{event.slug}"}} {age:.1f}'
    for line in _head("backchannel_cursor", "Length of the event's log."):
        yield line
    for event in events:
        yield f'backchannel_cursor{{event="{event.slug}"}} {event.cursor}'
    for line in _head("backchannel_source_state", "1 for the state that a source is in."):
        yield line
    for event in events:
        for source in await shell.backchannel.ask(sources, event.id):
            labels = f'event="{event.slug}",source="{source.kind}",state="{source.state.value}"'
            yield f"backchannel_source_state{{{labels}}} 1"


def _head(name: str, said: str) -> Iterator[str]:
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} gauge"

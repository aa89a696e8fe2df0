"""`/metrics` for Prometheus: what an operator wants to see rise before it hurts."""

import hmac
import time
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from app.domain.event import Event
from app.domain.source import Source
from app.live.counters import BOUNDS, Histogram
from app.live.listeners.upgrade import HandshakeQueue
from app.live.open_files import open_files, open_files_limit
from app.queries.events import every_event
from app.queries.posts import Counts, counts
from app.queries.sources import sources
from app.views.context import Context, InContext

router = APIRouter()
BEGAN = time.time()


@dataclass(frozen=True, slots=True)
class Family:
    """One measured thing: its name, what it is, its kind, and its values by labels."""

    name: str
    said: str
    values: list[tuple[str, float]]
    kind: str = "gauge"

    def lines(self) -> Iterator[str]:
        yield f"# HELP backchannel_{self.name} {self.said}"
        yield f"# TYPE backchannel_{self.name} {self.kind}"
        for labels, value in self.values:
            yield f"backchannel_{self.name}{labels} {value:.10g}"


@router.get("/metrics")
async def metrics(request: Request, context: InContext) -> Response:
    _may(request, context)
    gate: HandshakeQueue = request.app.state.gate
    families = [*_fan_out(gate), *_open_files(), *_doors(context), *await _bus(context), *await _events(context)]
    families.append(Family("started_seconds", "When this process began, since the epoch.", [("", BEGAN)]))
    lines = [line for family in families for line in family.lines()]
    lines += _histogram(
        "last_socket_seconds", "From a change to the last socket told of it.", gate.feed.figures.last_socket
    )
    return PlainTextResponse("\n".join([*lines, ""]), media_type="text/plain; version=0.0.4")


def _may(request: Request, context: Context) -> None:
    if context.settings.metrics_public:
        return
    wanted = context.settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(wanted.encode(), given.encode()):
        raise HTTPException(401, "This needs the token of METRICS_TOKEN.", {"WWW-Authenticate": "Bearer"})


def _fan_out(gate: HandshakeQueue) -> Iterator[Family]:
    feed = gate.feed
    audiences = {
        f'{{event="{audience.broadcast.event_id}",view="{audience.broadcast.view}"}}': audience
        for audience in feed.audiences()
    }
    sockets = [(labels, float(len(audience) - audience.polling())) for labels, audience in audiences.items()]
    yield Family("sockets", "Open sockets of this process.", sockets)
    polling = [(labels, float(audience.polling())) for labels, audience in audiences.items()]
    yield Family("polling", "Screens that ask this process over HTTP, where sockets are refused.", polling)
    figures = feed.figures
    for name, said, value in (
        ("joined_total", "Sockets that began to follow.", figures.joined),
        ("refused_total", "Handshakes that were refused.", figures.refused),
        ("deliveries_total", "Messages handed to sockets; one message at one socket is one.", figures.deliveries),
        ("merged_total", "Deliveries that needed no write of their own.", figures.merged),
        ("bells_total", "Bells that were heard.", figures.bells),
        ("catch_ups_total", "Times that the database was asked what somebody missed.", figures.catch_ups),
        ("cut_off_total", "Sockets closed because they were too slow.", figures.cut_off),
        ("crowded_total", "Connections turned away because their address had too many.", gate.ceiling.refused),
        ("silent_total", "Sockets closed because they answered no ping.", figures.silent),
    ):
        yield Family(name, said, [("", value)], "counter")


def _open_files() -> Iterator[Family]:
    yield Family("open_files", "Files and connections that this process has open.", [("", open_files())])
    yield Family("open_files_limit", "So many it may have; then nobody else gets in.", [("", open_files_limit())])


def _doors(context: Context) -> Iterator[Family]:
    doors, tally = context.backchannel, context.backchannel.writers.tally
    yield Family("writes_waiting", "Actions that wait to be stored.", [("", doors.pending)])
    yield Family("writes_waiting_seconds", "Age of the action that waits longest.", [("", doors.writers.oldest())])
    for name, said, value in (
        ("writes_total", "Actions that were run.", tally.calls),
        ("commits_total", "Transactions that they were committed in.", tally.groups),
        ("write_seconds_total", "Seconds spent writing.", tally.seconds),
        ("reads_total", "Queries that were run.", doors.reads),
        ("read_seconds_total", "Seconds spent reading.", doors.read_seconds),
    ):
        yield Family(name, said, [("", value)], "counter")


async def _bus(context: Context) -> list[Family]:
    began = time.perf_counter()
    try:
        await context.bus.check()
        up = 1.0
    except Exception:  # noqa: BLE001 - that it is away is what is told
        up = 0.0
    took = time.perf_counter() - began
    present = await context.bus.present()
    return [
        Family("bus_up", "1 if the bus answers.", [("", up)]),
        Family("bus_seconds", "How long the bus took to answer now.", [("", took)]),
        Family("present", "Who listens in all processes.", [(_present(key), n) for key, n in sorted(present.items())]),
    ]


def _present(key: str) -> str:
    event_id, _, view = key.partition("/")
    return f'{{event="{event_id}",view="{view}"}}'


async def _events(context: Context) -> list[Family]:
    events = await context.backchannel.ask(every_event)
    known = [
        (event, await context.backchannel.ask(counts, event.id), await context.backchannel.ask(sources, event.id))
        for event in events
    ]
    return [
        Family("posts", "Posts by verdict.", [one for event, found, _ in known for one in _posts(event, found)]),
        Family(
            "oldest_waiting_seconds",
            "Age of the post that waits longest; 0 if none does.",
            [(_event(event), _age(context, found)) for event, found, _ in known],
        ),
        Family(
            "alarm",
            "1 while nobody is at the desk although something waits, or something waits too long.",
            [(_event(event), float(event.alarm != "")) for event, _, _ in known],
        ),
        Family("cursor", "Length of the event's log.", [(_event(event), event.cursor) for event, _, _ in known]),
        Family(
            "source_state",
            "1 for the state that a source is in.",
            [(_source(event, one, state=True), 1) for event, _, found in known for one in found],
        ),
        Family(
            "source_lag_seconds",
            "Seconds since a source heard anything of its network, be it only that it lives.",
            [
                (_source(event, one), (context.now() - one.last_heard_at).total_seconds())
                for event, _, found in known
                for one in found
                if one.last_heard_at is not None
            ],
        ),
    ]


def _event(event: Event) -> str:
    return f'{{event="{event.slug}"}}'


def _source(event: Event, source: Source, *, state: bool = False) -> str:
    more = f',state="{source.state.value}"' if state else ""
    return f'{{event="{event.slug}",source="{source.kind}"{more}}}'


def _posts(event: Event, found: Counts) -> Iterator[tuple[str, float]]:
    for verdict in ("held", "approved", "stashed", "rejected"):
        yield f'{{event="{event.slug}",verdict="{verdict}"}}', getattr(found, verdict)


def _age(context: Context, found: Counts) -> float:
    return (context.now() - found.oldest.received_at).total_seconds() if found.oldest else 0


def _histogram(name: str, said: str, histogram: Histogram) -> Iterator[str]:
    yield f"# HELP backchannel_{name} {said}"
    yield f"# TYPE backchannel_{name} histogram"
    total = 0
    for bound, number in zip((*map(str, BOUNDS), "+Inf"), histogram.counts, strict=True):
        total += number
        yield f'backchannel_{name}_bucket{{le="{bound}"}} {total}'
    yield f"backchannel_{name}_sum {histogram.total:.6f}"
    yield f"backchannel_{name}_count {total}"

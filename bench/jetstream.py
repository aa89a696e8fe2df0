"""What listening to all of Bluesky costs: `bin/bench jetstream [--rate N] [--seconds N] [--rounds N]`.

A process of its own sends invented posts, as many a second as are made at peaks; the source listens in a loop beside
which a task measures how late it is woken: that is what a moderator's click would wait.
"""

import argparse
import asyncio
import json
import multiprocessing
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

from app.domain.incoming import Became
from app.domain.source import SourceState
from app.queries.sources import Position
from app.serving import tune
from app.sources import Clock
from app.sources.bluesky.jetstream import FRAMES
from app.sources.bluesky.settings import BlueskySettings
from app.sources.bluesky.source import BlueskySource
from tests.sources.keeping import assigned

TEXT = "Grüße from a long day at work 👋 with some words about nothing in particular, and a few more of them"
WORDS = TEXT.split(" ")
STEP = 0.005


def frames(number: int) -> list[str]:
    """Events as they are: posts of any length, a third with facets, some deletions, none with our tag."""
    made = []
    for at in range(number):
        seen = datetime.now(UTC).isoformat()
        base = {"did": f"did:plc:{at:024d}", "seq": 10_000_000 + at, "time": seen, "witnessedAt": seen}
        kind = "network.bsky.jetstream.subscribeEvents#commit"
        text = " ".join(WORDS[: 3 + at % 18])
        facet = {
            "index": {"byteStart": 0, "byteEnd": 5},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Nothing"}],
        }
        record = {
            "$type": "app.bsky.feed.post", "createdAt": seen, "langs": ["en"], "text": text,
            **({"facets": [facet]} if at % 3 == 0 else {}),
            **({"reply": {side: {"cid": "b" * 59, "uri": "at://" + "x" * 60} for side in ("root", "parent")}}
               if at % 2 else {}),
        }  # fmt: skip
        what = {"operation": "create", "cid": "b" * 59, "record": record} if at % 12 else {"operation": "delete"}
        place = {"collection": "app.bsky.feed.post", "rev": "3k" + "a" * 11, "rkey": f"3k{at:011d}"}
        payload = {"$type": kind, **base, **place}
        made.append(json.dumps({"$type": "message", "payload": {**payload, **what}}, ensure_ascii=False))
    return made


def send(told: Connection, rate: int, seconds: float) -> None:
    """So many a second, in bursts of a fiftieth of a second, to whoever connects."""
    ready = frames(2000)

    async def tell(socket: ServerConnection) -> None:
        began, sent = time.perf_counter(), 0
        while (past := time.perf_counter() - began) < seconds:
            due = int(past * rate)
            while sent < due:
                await socket.send(ready[sent % len(ready)])
                sent += 1
            await asyncio.sleep(0.02)
        told.send(sent)
        await asyncio.sleep(3600)

    async def run() -> None:
        async with serve(tell, "127.0.0.1", 0, subprotocols=[FRAMES]) as server:
            told.send(server.sockets[0].getsockname()[1])
            await asyncio.sleep(3600)

    asyncio.run(run())


class Nothing:
    """An outlet that keeps nothing."""

    live = False

    async def store(self, found: Sequence[Became], position: Position | None = None) -> None: ...

    async def say(self, state: SourceState, detail: str) -> None:  # noqa: ARG002
        self.live = self.live or state is SourceState.LIVE

    async def may_go_on(self) -> None: ...

    async def heard(self) -> None: ...


async def late(lateness: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(STEP)
        lateness.append(time.perf_counter() - began - STEP)


async def measure(rate: int, seconds: float) -> dict[str, float]:
    here, there = multiprocessing.Pipe()
    sender = multiprocessing.get_context("spawn").Process(target=send, args=(there, rate, seconds), daemon=True)
    sender.start()
    port: int = await asyncio.to_thread(here.recv)
    url = f"ws://127.0.0.1:{port}/xrpc/network.bsky.jetstream.subscribeEvents"
    settings: Any = BlueskySettings(
        _env_file=None, bluesky_jetstream_url=url, bluesky_appview_url="http://127.0.0.1:9", bluesky_labels_url=""
    )  # type: ignore[call-arg]
    source = BlueskySource(assigned("bluesky", ("box10",)), settings, Clock())
    outlet, lateness = Nothing(), list[float]()
    listening = asyncio.create_task(source.run(outlet, {}))
    probe = asyncio.create_task(late(lateness))
    while not outlet.live:
        await asyncio.sleep(0.01)
    spent, began = time.process_time(), time.perf_counter()
    sent: int = await asyncio.to_thread(here.recv)
    spent, took = time.process_time() - spent, time.perf_counter() - began
    for task in (listening, probe):
        task.cancel()
    sender.kill()
    lateness.sort()
    return {
        "sent": sent,
        "share": spent / took,
        "p99": lateness[int(len(lateness) * 0.99) - 1] * 1000,
        "most": lateness[-1] * 1000,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=1500)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    tune()
    print("| events a second | sent | share of a core | loop late, p99 ms | most ms |\n|" + " ---: |" * 5)
    for rate in [rate for _ in range(asked.rounds) for rate in (1, asked.rate)]:
        found = asyncio.run(measure(rate, asked.seconds))
        print(f"| {rate} | {found['sent']} | {found['share']:.1%} | {found['p99']:.1f} | {found['most']:.1f} |")


if __name__ == "__main__":
    main()

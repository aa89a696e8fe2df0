"""A real PDS of Bluesky's own makers, from npm: what people do there comes here, and what they delete leaves.

Only Jetstream is ours (it is on no registry): a bridge writes what the PDS tells of its repositories as one would. Where
`REAL_PDS` names a folder with Node 22 on the path and `npm install @atproto/dev-env` done in it; nowhere else.
"""

import asyncio
import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.sources.bluesky.asking import source
from tests.sources.bluesky.server import BlueskyServer
from tests.sources.keeping import Kept, listens
from tests.until import until

FOLDER = os.environ.get("REAL_PDS", "")
POSTS = "app.bsky.feed.post"

pytestmark = pytest.mark.skipif(
    not (FOLDER and shutil.which("node") and (Path(FOLDER) / "node_modules/@atproto/dev-env").is_dir()),
    reason="REAL_PDS names no folder in which @atproto/dev-env is installed, or there is no Node",
)


@contextmanager
def real_pds() -> Iterator[str]:
    """Gives its address; it ends with its standard input."""
    script = Path(__file__).with_name("real_pds.mjs")
    with subprocess.Popen(
        [shutil.which("node") or "node", str(script), FOLDER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            told = next(line for line in process.stdout if line.startswith('{"pds":'))
            yield str(json.loads(told)["pds"])
        finally:
            process.kill()


def call(pds: str, method: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"{pds}/xrpc/{method}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return dict(json.loads(answer.read() or b"{}"))


class Somebody:
    def __init__(self, pds: str, name: str) -> None:
        self.pds = pds
        told = call(
            pds, "com.atproto.server.createAccount",
            {"handle": f"{name}.test", "email": f"{name}@mail.example", "password": "only-for-tests"},
        )  # fmt: skip
        self.did, self.token = told["did"], told["accessJwt"]

    def posts(self, text: str, **more: Any) -> str:
        record = {"$type": POSTS, "text": text, "createdAt": "2026-11-27T09:00:00.000Z", **more}
        made = call(
            self.pds, "com.atproto.repo.createRecord",
            {"repo": self.did, "collection": POSTS, "record": record}, self.token,
        )  # fmt: skip
        return str(made["uri"])

    def deletes(self, uri: str) -> None:
        body = {"repo": self.did, "collection": POSTS, "rkey": uri.rpartition("/")[2]}
        call(self.pds, "com.atproto.repo.deleteRecord", body, self.token)


async def bridge(pds: str, there: BlueskyServer) -> None:
    """What a Jetstream would make of it, and an AppView beside it."""
    from atproto import CAR, AsyncFirehoseSubscribeReposClient, parse_subscribe_repos_message

    client = AsyncFirehoseSubscribeReposClient({"cursor": 0}, base_uri=f"{pds.replace('http', 'ws', 1)}/xrpc")

    async def tell(frame: Any) -> None:
        told: Any = parse_subscribe_repos_message(frame)
        blocks = CAR.from_bytes(told.blocks).blocks if getattr(told, "blocks", None) else {}
        for op in getattr(told, "ops", None) or ():
            if op.path.startswith(f"{POSTS}/"):
                there.passes_on(told.repo, op.path.partition("/")[2], blocks.get(op.cid) if op.cid else None)

    await client.start(tell)


async def test_what_is_posted_and_deleted_at_a_real_pds_comes_and_leaves() -> None:
    with real_pds() as pds, BlueskyServer() as there:
        mira, jo = await asyncio.gather(*(asyncio.to_thread(Somebody, pds, name) for name in ("mira", "joan")))
        first = mira.posts("Grüße 👋 from a real server #box10")
        facet = {
            "index": {"byteStart": 0, "byteEnd": 6},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Box10"}],
        }
        second = jo.posts("#Box10 with a facet", facets=[facet], langs=["en"])
        third = jo.posts("a tag beside the text", tags=["box10"])
        jo.posts("about something else")
        bridging = asyncio.create_task(bridge(pds, there))
        await until(lambda: len(there.events) == 4 or bridging.done())
        kept, done = Kept(position={"host": there.host, "at_us": 0, "place": there.events[0]["seq"]}), []

        def goes() -> bool:
            if len(kept.posts) == 3 and not done:
                done.append(jo.deletes(third))
            return bool(kept.gone)

        await listens(source(there), kept, goes)
        bridging.cancel()
        with suppress(asyncio.CancelledError):
            await bridging
    assert kept.refs == [first, second, third]
    assert kept.texts == ["Grüße 👋 from a real server #box10", "#Box10 with a facet", "a tag beside the text"]
    assert kept.posts[1].lang == "en"
    assert kept.gone == {third}

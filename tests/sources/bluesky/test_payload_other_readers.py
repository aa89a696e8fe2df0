"""atproto, which nobody here wrote, reads the same server, and tells of each post what ours does."""

import asyncio
from contextlib import suppress
from typing import Any

from app.domain.incoming import Incoming
from tests.sources.bluesky.asking import source
from tests.sources.bluesky.happenings import FIRST
from tests.sources.bluesky.recorded import QUOTE_WITH_IMAGE, REPLYING, WITH_PAGE
from tests.sources.bluesky.server import BlueskyServer
from tests.sources.keeping import Kept, listens
from tests.until import until


async def test_another_reader_is_told_the_same_of_each_post() -> None:
    from atproto import AsyncClient

    with BlueskyServer() as there:
        shapes: list[tuple[str, dict[str, Any]]] = [
            ("plain #box10", {}), ("Grüße 👋 #box10", QUOTE_WITH_IMAGE), ("see this", WITH_PAGE), ("yes #box10", REPLYING),
        ]  # fmt: skip
        uris = [there.post(text, by=f"by{number}", **more) for number, (text, more) in enumerate(shapes)]
        kept = Kept(position={"host": there.host, "at_us": 0, "place": FIRST})
        await listens(source(there), kept, lambda: len(kept.posts) == len(shapes))
        theirs = {one.uri: one for one in (await AsyncClient(f"{there.appview}/xrpc").get_posts(uris)).posts}
        assert kept.refs == uris == [*theirs]
        for ours in kept.posts:
            agree(ours, theirs[ours.ref])


def agree(ours: Incoming, theirs: Any) -> None:
    record, embed = theirs.record, theirs.embed
    assert (ours.byline.handle, ours.byline.name) == (theirs.author.handle, theirs.author.display_name)
    assert ours.byline.ref == theirs.author.did
    assert ours.version_ref == f"{theirs.uri}#{theirs.cid}"
    assert ours.text.startswith(record.text)
    assert ours.lang == (record.langs or [""])[0]
    assert (ours.reply_to.ref if ours.reply_to else None) == (record.reply.parent.uri if record.reply else None)
    assert ours.sensitive == any(label.val == "graphic-media" for label in theirs.labels or [])
    images = getattr(getattr(embed, "media", None), "images", [])
    assert [(photo.url, photo.alt, photo.width) for photo in ours.photos] == [
        (image.fullsize, image.alt, image.aspect_ratio.width) for image in images
    ]
    quoted = getattr(getattr(embed, "record", None), "record", None)
    assert (ours.quote.text if ours.quote else None) == (quoted.value.text if quoted else None)
    page = getattr(embed, "external", None)
    assert [one.title for one in ours.segments if one.kind == "link"] == ([page.title] if page else [])


async def test_another_reader_hears_of_the_same_deletions_and_accounts() -> None:
    from atproto import AsyncJetstreamClient, models

    with BlueskyServer() as there:
        uris = [there.post(f"{by} #box10", by=by) for by in ("mira", "jo")]
        kept = Kept(position={"host": there.host, "at_us": 0, "place": FIRST})
        listening = source(there)
        await listens(listening, kept, lambda: len(kept.posts) == len(uris))
        there.delete(uris[0])
        there.take_down("did:plc:jo")
        await listens(listening, kept, lambda: len(kept.gone) == len(uris))

        named = models.NetworkBskyJetstreamSubscribeEvents
        told: list[Any] = []

        async def tell(event: Any) -> None:
            told.append(event)

        client = AsyncJetstreamClient({"cursor": FIRST}, base_uri=f"ws://{there.host}/xrpc")
        task = asyncio.create_task(client.start(tell))
        await until(lambda: task.done() or len(told) == len(there.events))
        await client.stop()
        with suppress(asyncio.CancelledError):
            await task
    made, gone = [one for one in told if isinstance(one, named.Commit)], []
    gone = [f"at://{one.did}/{one.collection}/{one.rkey}" for one in made if one.operation == "delete"]
    left = [one.did for one in told if isinstance(one, named.Account) and not one.account.active]
    assert [one.record["text"] for one in made if one.operation == "create"] == kept.texts
    assert {*gone, *(uri for uri in uris if uri.split("/")[2] in left)} == kept.gone
    assert client.cursor == FIRST + len(there.events) - 1

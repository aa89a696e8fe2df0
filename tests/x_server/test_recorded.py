"""Whatever was recorded from X is served again letter by letter."""

import json

import aiohttp
import pytest

from tests.x_server import XServer
from tests.x_server.listening import listening
from tests.x_server.schema import recorded


@pytest.mark.parametrize("name", ["edited", "two_posts", "many_urls"])
async def test_recorded_pages_are_served_back_unchanged(name: str) -> None:
    pages = recorded(name)
    async with XServer() as x, aiohttp.ClientSession() as session:
        for page in pages:
            x.fault("canned", on="search", body=page)
            where = f"{x.url}/2/tweets/search/recent?query=anything"
            async with session.get(where, headers={"Authorization": f"Bearer {x.token}"}) as response:
                assert await response.text() == page


async def test_recorded_lines_stream_unchanged() -> None:
    lines = [
        json.dumps({"data": post}, ensure_ascii=False)
        for page in recorded("many_urls")
        for post in json.loads(page)["data"]
    ]
    async with XServer() as x:
        x.add_rule("#box10")
        async with listening(x) as ear:
            await x.until(lambda: x.connections)
            x.replay(lines)
            await ear.hear(len(lines))
            assert [line.decode() for line in ear.lines] == lines

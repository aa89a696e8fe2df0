"""Pictures come from public addresses, are what they say they are, and are fetched once."""

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from app.outbound.picture_redrawing import NoPicture, kind_of, redrawn
from app.outbound.pictures import LARGEST_PICTURE, Pictures, drawn_by_us


def png(width: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x10\x80\x90" * width for _ in range(width))
    head = struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Other:
    """Somebody else's server, on loopback."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Callable[[web.Request], Awaitable[web.StreamResponse]] = self.picture
        self.address = ""

    async def picture(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=png(), content_type="image/png")

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        return await self.answer(request)

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._serve)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"127.0.0.1:{runner.addresses[0][1]}"
        return runner


@pytest.fixture
async def other() -> AsyncIterator[Other]:
    made = Other()
    runner = await made.start()
    yield made
    await runner.cleanup()


@pytest.fixture
async def pictures(tmp_path: Path, other: Other) -> AsyncIterator[Pictures]:
    made = Pictures(tmp_path / "pictures", allowed=frozenset({other.address}))
    yield made
    await made.close()


async def test_a_picture_is_fetched_once_however_many_ask_and_kept(pictures: Pictures, other: Other) -> None:
    url = f"http://{other.address}/a.png"
    found = await asyncio.gather(*(pictures.get("key", url) for _ in range(5)))
    assert {one.kind for one in found} == {"image/png"}
    assert (await pictures.get("key", url, found[0].digest)).content == redrawn(png()).content
    assert other.asked == ["/a.png"]


@pytest.mark.parametrize("body", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>login</html>", b""])
async def test_what_is_no_picture_is_not_shown_whatever_it_says_it_is(
    pictures: Pictures, other: Other, body: bytes
) -> None:
    async def lie(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type="image/png")

    other.answer = lie
    with pytest.raises(NoPicture):
        await pictures.get("key", f"http://{other.address}/a.png")


async def test_a_picture_that_is_too_large_is_given_up(pictures: Pictures, other: Other) -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(LARGEST_PICTURE // 65_536 + 2):
            await response.write(png()[:8] + b"\0" * 65_528)
        return response

    other.answer = flood
    with pytest.raises(NoPicture, match="too large"):
        await pictures.get("key", f"http://{other.address}/a.png")


async def test_a_redirect_to_a_private_address_is_not_followed(pictures: Pictures, other: Other) -> None:
    async def redirect(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("http://127.0.0.1:1/secret.png")

    other.answer = redirect
    with pytest.raises(NoPicture, match="not a public one"):
        await pictures.get("key", f"http://{other.address}/a.png")


async def test_redirects_end(pictures: Pictures, other: Other) -> None:
    async def redirect(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"http://{other.address}{request.path}x")

    other.answer = redirect
    with pytest.raises(NoPicture, match="too often"):
        await pictures.get("key", f"http://{other.address}/a.png")


async def test_a_name_that_leads_to_a_private_address_is_not_asked(tmp_path: Path, other: Other) -> None:
    pictures = Pictures(tmp_path)
    port = other.address.partition(":")[2]
    with pytest.raises(NoPicture):
        await pictures.get("key", f"http://localhost:{port}/a.png")
    await pictures.close()
    assert other.asked == []


async def test_a_miss_is_not_asked_for_again_at_once(pictures: Pictures, other: Other) -> None:
    async def missing(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPNotFound

    other.answer = missing
    for _ in range(3):
        with pytest.raises(NoPicture):
            await pictures.get("key", f"http://{other.address}/a.png")
    assert len(other.asked) == 1


@pytest.mark.parametrize(
    "path", ["../pictures.py", "photos/../conference.jsonl", "conference.jsonl", "photos/none.svg"]
)
def test_a_drawing_of_ours_is_nothing_else_of_ours(path: str) -> None:
    with pytest.raises(NoPicture):
        drawn_by_us(path)


def test_a_drawing_of_ours_is_served() -> None:
    assert drawn_by_us("photos/atrium.svg").kind == "image/svg+xml"


def test_svg_is_never_taken_from_others() -> None:
    with pytest.raises(NoPicture):
        kind_of(b"<svg onload='alert(1)'>")


async def test_what_is_kept_was_drawn_again(pictures: Pictures, other: Other, tmp_path: Path) -> None:
    async def polyglot(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=png() + b"<script>alert(1)</script>", content_type="image/png")

    other.answer = polyglot
    found = await pictures.get("key", f"http://{other.address}/a.png")
    assert b"<script>" not in found.content
    assert all(b"<script>" not in file.read_bytes() for file in (tmp_path / "pictures").iterdir())


async def test_what_nobody_refers_to_is_forgotten(pictures: Pictures, other: Other, tmp_path: Path) -> None:
    await pictures.get("one", f"http://{other.address}/a.png")
    await pictures.get("two", f"http://{other.address}/b.png")
    for name in ("of-before", "two.drawn"):
        (tmp_path / "pictures" / name).write_bytes(png())
    assert set(pictures.kept()) == {"one", "two", "of-before", "two.drawn"}
    pictures.forget(["one", "of-before", "two.drawn"])
    assert pictures.kept() == ["two"]

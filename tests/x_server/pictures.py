"""Avatars and photos, drawn on the fly: one coloured band per eighth of the height."""

import hashlib
import struct
import zlib
from functools import lru_cache

from aiohttp import web

from .state import World

AVATAR_SIZE = 48


def routes(world: World) -> list[web.RouteDef]:
    async def avatar(request: web.Request) -> web.Response:
        return _answer(request.match_info["name"], AVATAR_SIZE, AVATAR_SIZE)

    async def photo(request: web.Request) -> web.Response:
        picture = world.pictures.get(request.match_info["key"])
        if picture is None:
            raise web.HTTPNotFound
        return _answer(picture.key, picture.width, picture.height)

    return [web.get("/media/avatar/{name}.png", avatar), web.get("/media/{key}.png", photo)]


@lru_cache(maxsize=64)
def png(seed: str, width: int, height: int) -> bytes:
    """A valid PNG of that size, always the same for one seed."""
    colours = hashlib.sha256(seed.encode()).digest()
    bands = (colours[y * 8 // height * 3 :][:3] for y in range(height))
    rows = b"".join(b"\0" + band * width for band in bands)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 1)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _answer(seed: str, width: int, height: int) -> web.Response:
    return web.Response(body=png(seed, width, height), content_type="image/png")

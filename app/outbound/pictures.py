"""Avatars and photos of posts are fetched by our server only, so that no page talks to a third party.

Only pictures that a stored post refers to, only from public addresses (checked on the address that is connected to,
so a name that changes its mind gains nothing), only real images, within a size and a time, drawn again by us. They are
kept on disk as long as something refers to them. The first bytes that stood at an address are the picture for good:
an address that answers with others later gives none.
"""

import asyncio
import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import aiohttp

from app.outbound.allowed_addresses import Private, check_address, public_connector
from app.outbound.picture_redrawing import Fetched, NoPicture, kind_of, redrawn

LARGEST_PICTURE = 5 * 1024 * 1024
PICTURE_SECONDS = 8.0
MAX_FETCHED_AT_ONCE = 8
MAX_FETCHES_WAITING = 200
DRAWN_AT_ONCE = 2
"""A large one takes 60 MB while it is drawn again."""
DRAWN = ".drawn"
"""Ends the names of what was, `key-digest.drawn`; any other file is no picture of ours."""
REDIRECTS = 3
CACHE_BYTES = 200 * 1024 * 1024
FORGET_MISS = 60.0
DEMO = Path(__file__).resolve().parents[1] / "demo"


class Pictures:
    """Fetches each picture once, however many ask for it. `allowed` are host:port that may be private."""

    def __init__(self, folder: Path, *, allowed: frozenset[str] = frozenset()) -> None:
        self._folder = folder
        self._allowed = allowed
        self._under_way: dict[str, asyncio.Task[Fetched]] = {}
        self._missed: dict[str, float] = {}
        self._slots = asyncio.Semaphore(MAX_FETCHED_AT_ONCE)
        self._drawing = asyncio.Semaphore(DRAWN_AT_ONCE)
        self._session: aiohttp.ClientSession | None = None

    async def get(self, key: str, url: str, digest: str = "") -> Fetched:
        """The picture at `url`, whose name in the cache is `key`; with a `digest`, only ever those bytes.

        What is fetched anew says so, and may be of another digest: whoever asked compares. Raises NoPicture.
        """
        if url.startswith("demo:"):
            return await asyncio.to_thread(drawn_by_us, url.removeprefix("demo:"))
        cached = await asyncio.to_thread(self._cached, key, digest) if digest else None
        if cached is not None:
            return cached
        if time.monotonic() - self._missed.get(key, -FORGET_MISS) < FORGET_MISS:
            raise NoPicture("it could not be had a moment ago")
        if key not in self._under_way and len(self._under_way) >= MAX_FETCHES_WAITING:
            raise NoPicture("too many pictures are being fetched")
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._fetch_and_keep(key, url, digest))
            task.add_done_callback(lambda done: self._ended(key, done))
        return await asyncio.shield(task)

    def lying(self, key: str, digest: str) -> Fetched | None:
        """One that lies in the cache, in those bytes; nobody is asked for it."""
        return self._cached(key, digest) if digest else None

    def kept(self) -> list[str]:
        """Keys of what lies in the cache, and names of what is no picture of ours."""
        try:
            names = os.listdir(self._folder)  # noqa: PTH208 - names are enough
        except FileNotFoundError:
            return []
        return [name.partition("-")[0] if name.endswith(DRAWN) and "-" in name else name for name in names]

    def forget(self, keys: Iterable[str]) -> None:
        """Delete pictures that no post refers to any more."""
        for key in keys:
            self._missed.pop(key, None)
            for file in (*self._folder.glob(f"{key}-*{DRAWN}"), self._folder / key):
                file.unlink(missing_ok=True)

    async def close(self) -> None:
        for task in list(self._under_way.values()):
            task.cancel()
        if self._session is not None:
            await self._session.close()

    def _ended(self, key: str, task: "asyncio.Task[Fetched]") -> None:
        self._under_way.pop(key, None)
        if not task.cancelled() and task.exception() is not None:
            self._note_miss(key)

    def _note_miss(self, key: str) -> None:
        self._missed[key] = time.monotonic()
        while len(self._missed) > MAX_FETCHES_WAITING * 10:
            del self._missed[next(iter(self._missed))]

    async def _fetch_and_keep(self, key: str, url: str, wanted: str) -> Fetched:
        async with self._slots:
            try:
                async with asyncio.timeout(PICTURE_SECONDS):
                    fetched = await self._follow(url)
            except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
                raise NoPicture(f"{type(error).__name__}") from None
            digest = hashlib.sha256(fetched.content).hexdigest()
            async with self._drawing:
                fetched = replace(await asyncio.to_thread(redrawn, fetched.content), digest=digest, anew=True)
        if wanted in {"", digest}:
            await asyncio.to_thread(self._keep, key, fetched)
        else:
            self._note_miss(key)
        return fetched

    async def _follow(self, url: str) -> Fetched:
        for _ in range(REDIRECTS + 1):
            _check(url, self._allowed)
            answer, location = await self._ask(url)
            if answer is not None:
                return answer
            url = urljoin(url, location)
        raise NoPicture("it is redirected too often")

    async def _ask(self, url: str) -> tuple[Fetched | None, str]:
        async with self._open().get(url, allow_redirects=False, headers={"Accept": "image/*"}) as response:
            if response.status in {301, 302, 303, 307, 308}:
                return None, response.headers.get("Location", "")
            if response.status != 200:
                raise NoPicture(f"the other server says {response.status}")
            content = bytearray()
            async for piece in response.content.iter_chunked(64 * 1024):
                content += piece
                if len(content) > LARGEST_PICTURE:
                    raise NoPicture("it is too large")
            return Fetched(kind_of(bytes(content)), bytes(content)), ""

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = public_connector(self._allowed, limit=MAX_FETCHED_AT_ONCE)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
            )
        return self._session

    def _cached(self, key: str, digest: str) -> Fetched | None:
        file = self._folder / f"{key}-{digest}{DRAWN}"
        try:
            content = file.read_bytes()
        except OSError:
            return None
        os.utime(file)
        return Fetched(kind_of(content), content, digest)

    def _keep(self, key: str, fetched: Fetched) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._folder / f"{key}.part"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(fetched.content)
        unfinished.replace(self._folder / f"{key}-{fetched.digest}{DRAWN}")
        files = sorted(((file.stat(), file) for file in self._folder.iterdir()), key=lambda known: known[0].st_mtime)
        total = sum(stat.st_size for stat, _ in files)
        while files and total > CACHE_BYTES:
            stat, oldest = files.pop(0)
            oldest.unlink(missing_ok=True)
            total -= stat.st_size


def _check(url: str, allowed: frozenset[str]) -> None:
    try:
        check_address(url, allowed)
    except Private as error:
        raise NoPicture(str(error)) from None


def drawn_by_us(path: str) -> Fetched:
    """A picture of the demo, from the program itself."""
    file = (DEMO / path).resolve()
    known = file.is_relative_to(DEMO / "photos") or file.is_relative_to(DEMO / "avatars")
    if not known or file.suffix != ".svg" or not file.is_file():
        raise NoPicture("there is no such drawing")
    return Fetched("image/svg+xml", file.read_bytes())

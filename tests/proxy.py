"""A venue's network: a proxy of our own between a browser and the server, that can be as bad as they are."""

import asyncio
import threading
from math import inf
from typing import Literal

from tests.until import LOOK_AGAIN

State = Literal["open", "cut", "frozen", "slow", "portal", "no sockets", "silent sockets"]
LOGIN = "<!doctype html><title>Hotel WiFi</title><h1>Please accept our terms</h1>"


class Network:
    """How it is now.

    `cut` refuses and drops every connection, `frozen` keeps them and passes nothing: half-open, as Wi-Fi does. `slow`
    brings every answer late, and no more at once than `rate` lets through, `portal` answers everything by itself with a login page, `no sockets` refuses upgrades as
    many proxies do, `silent sockets` swallows them. `leave` is what somebody's way to another network does: what is
    open stays so and never says a word again, what is opened from then on passes.
    """

    def __init__(self, port: int, *, delay: float = 2.5, rate: float = inf) -> None:
        self._to = port
        self._state: State = "open"
        self._delay, self._rate = delay, rate
        self._free_at = 0.0
        self._portal = b""
        self._left = 0
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self.turned_away = 0
        """Requests that the portal answered, and upgrades that were refused."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, state: State) -> None:
        self._state = state
        if state not in {"open", "frozen", "slow"}:
            self._loop.call_soon_threadsafe(self._drop)

    def set_portal(self, status: str, kind: str = "text/html", body: str = LOGIN, *more: str) -> None:
        """`status` with its words, as in `511 Network Authentication Required`."""
        head = [
            f"HTTP/1.1 {status}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *more,
        ]
        self._portal = "\r\n".join([*head, "", body]).encode()
        self.set("portal")

    def leave(self) -> None:
        self._left += 1

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._drop()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    def _drop(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._state == "cut":
            writer.transport.abort()
            return
        # A browser opens connections before it needs them: those are cut too.
        self._writers.add(writer)
        try:
            first = await reader.read(65_536)
            if not first:  # given up, or cut, before anything was asked
                raise ConnectionResetError
            if await self._is_turned_away(first, reader, writer):
                return
            inner, outer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            self._writers.discard(writer)
            return
        self._writers.add(outer)
        if self._state == "cut":
            self._drop()
        outer.write(first)
        await asyncio.gather(self._pass(reader, outer), self._bring(inner, writer), return_exceptions=True)
        for one in (writer, outer):
            self._writers.discard(one)
            one.close()

    async def _is_turned_away(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        wants_socket = b"upgrade: websocket" in first.lower()
        if self._state == "portal":
            answer = self._portal
        elif self._state == "no sockets" and wants_socket:
            answer = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nConnection: close\r\n\r\nblocked"
        elif self._state == "silent sockets" and wants_socket:
            answer = b""
        else:
            return False
        self.turned_away += 1
        self._writers.add(writer)
        if answer:
            writer.write(answer)
            await writer.drain()
        else:
            await reader.read()
        self._writers.discard(writer)
        writer.close()
        return True

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = self._left
        while data := await reader.read(65_536):
            while self._state == "frozen" or self._left > left:
                await asyncio.sleep(LOOK_AGAIN)
            writer.write(data)
            await writer.drain()
        writer.write_eof()

    def _arrives(self, size: int) -> float:
        """When so many bytes are there; whatever came before, of any connection, goes first."""
        if self._state != "slow":
            return self._loop.time()
        self._free_at = max(self._free_at, self._loop.time()) + size / self._rate
        return self._free_at + self._delay

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The server's answers. What is on its way travels side by side, but for what a narrow network lets through."""
        left = self._left
        on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            while True:
                due, data = await on_its_way.get()
                await asyncio.sleep(due - self._loop.time())
                while self._state == "frozen" or self._left > left:
                    await asyncio.sleep(LOOK_AGAIN)
                if not data:
                    writer.write_eof()
                    return
                writer.write(data)
                await writer.drain()

        arriving = asyncio.create_task(arrive())
        while True:
            data = await reader.read(65_536)
            on_its_way.put_nowait((self._arrives(len(data)), data))
            if not data:
                break
        await arriving

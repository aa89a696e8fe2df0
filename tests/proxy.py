"""A network that can be cut: a TCP proxy of our own between a browser and the server."""

import asyncio
import threading
from typing import Literal

State = Literal["open", "cut", "frozen"]


class Network:
    """`cut` refuses and drops every connection, `frozen` keeps them and passes nothing: half-open, as Wi-Fi does."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._state: State = "open"
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, state: State) -> None:
        self._state = state
        if state == "cut":
            self._loop.call_soon_threadsafe(self._drop)

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
        try:
            inner, outer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, outer}
        await asyncio.gather(self._pass(reader, outer), self._pass(inner, writer), return_exceptions=True)
        for one in (writer, outer):
            self._writers.discard(one)
            one.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            while self._state == "frozen":
                await asyncio.sleep(0.02)
            writer.write(data)
            await writer.drain()
        writer.write_eof()

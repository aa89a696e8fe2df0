"""Servers that receive what our server sends: a web address that keeps requests, a mail server that keeps letters."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Receiver:
    """Keeps each request as (path, headers, body); answers with what `answers` holds next, then 200."""

    port: int = 0
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    says: str = ""
    waits: float = 0.0
    """Seconds before it answers."""
    silent: str = ""
    """What paths begin with that never get an answer."""
    first_of_all: Callable[[], None] | None = None
    """What happens once, when the first request is there and not yet answered."""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/told") -> str:
        return f"http://{self.host}{path}"

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append((request.path, dict(request.headers), await request.read()))
        if self.first_of_all is not None:
            (act, self.first_of_all) = (self.first_of_all, None)
            act()
        if self.silent and request.path.startswith(self.silent):
            await asyncio.Event().wait()
        await asyncio.sleep(self.waits)
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(
            status=status, text=self.says, headers={"Location": "http://127.0.0.1:1/"} if status == 302 else {}
        )


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver.answer)
    # Whom it leaves without an answer, it leaves at once.
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.port = runner.addresses[0][1]
    yield receiver
    await runner.cleanup()


@dataclass
class Mailbox:
    port: int = 0
    letters: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    """What is answered to whoever writes to these addresses."""
    says: dict[str, str] = field(default_factory=dict)
    """What is answered to these commands, `.` for a whole letter; '' for nothing any more."""


@asynccontextmanager
async def mail_server(host: str = "127.0.0.1") -> AsyncIterator[Mailbox]:
    """Speaks as much SMTP as a client needs to hand a letter over."""
    box = Mailbox()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode().strip():
            box.lines.append(line)
            if line.upper().startswith("DATA"):
                writer.write(b"354 go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                box.letters.append(letter.decode())
                if not (said := box.says.get(".", "250 taken")):
                    break
                writer.write(said.encode() + b"\r\n")
            elif refused := [
                said for address, said in box.refuses.items() if f"<{address}>" in line and "RCPT" in line.upper()
            ]:
                writer.write(refused[0].encode() + b"\r\n")
            elif (said := box.says.get(line.upper().split()[0])) is not None:
                writer.write(said.encode() + b"\r\n")
            elif line.upper().startswith("QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 fine\r\n")
        writer.close()

    server = await asyncio.start_server(serve, host, 0)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()

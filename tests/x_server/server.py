"""`async with XServer(speed=100) as x:` X itself, on this machine, obedient."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Self

from aiohttp import web

from .activity import Subscriptions, announce_deletion
from .app import make_app
from .clock import Clock
from .compliance import Jobs
from .connections import FILTERED, Connection, Switchboard
from .control import control
from .door import Door
from .fault_table import BY_NAME, Fault
from .faults import LASTS, Active, Faults
from .ledger import Ledger
from .limits import LIMITS, Limits
from .outages import Outages
from .people import Post
from .rules_endpoint import KeptRule, Rulebook
from .site import Seen, Site
from .spelling import Style
from .state import World
from .stream import announce

TOKEN = "a-bearer-token-of-nobody"
PATIENCE = 60.0


class XServer:
    """The verbs are plain calls inside the server's event loop; other processes use `POST /_control`."""

    def __init__(
        self,
        *,
        speed: float = 100.0,
        style: Style = "tweet",
        token: str = TOKEN,
        port: int = 0,
        rule_delay: float = 0.0,
        index_lag: float = 0.0,
        credit: float | None = None,
        limits: dict[str, int] | None = None,
    ) -> None:
        clock = Clock(speed)
        world = World(clock)
        world.index_lag = index_lag
        self.site = Site(
            clock=clock,
            world=world,
            faults=Faults(clock),
            limits=Limits(clock, LIMITS | (limits or {})),
            ledger=Ledger(clock, credit),
            rulebook=Rulebook(clock, rule_delay),
            switchboard=Switchboard(clock),
            subscriptions=Subscriptions(clock),
            jobs=Jobs(clock),
            style=style,
            token=token,
        )
        self.token = token
        self.door = Door(
            web.AppRunner(
                make_app(self.site, self._control),
                handler_cancellation=True,
                access_log=None,
                shutdown_timeout=0.1,
            ),
            port,
            self.start,
        )
        self._outages = Outages(self)
        self._tasks: set[asyncio.Task[None]] = set()
        self.user, self.post, self.reply, self.quote = world.user, world.post, world.reply, world.quote
        self.retweet, self.edit, self.delete = world.retweet, world.edit, world.delete
        self.suspend, self.protect, self.restore = world.suspend, world.protect, world.restore
        self.withhold, self.rename = world.withhold, world.rename
        world.when_posted.append(lambda post: announce(self.site, post))
        world.when_deleted.append(lambda post: announce_deletion(self.site, post))
        self.site.faults.when_changed.append(self.site.switchboard.wake)

    async def __aenter__(self) -> Self:
        await self.door.runner.setup()
        self.door.open()
        self.site.base = self.url
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        self.door.shut()
        self.door.close()
        await self.door.runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.port}"

    @property
    def url_ipv6(self) -> str:
        """Where the server is while `ipv6_only` lasts."""
        return f"http://[::1]:{self.door.port}"

    @property
    def requests(self) -> list[Seen]:
        return self.site.requests

    @property
    def connections(self) -> list[Connection]:
        """The filtered streams that are open now."""
        return self.site.switchboard.listening(FILTERED)

    @property
    def rules(self) -> list[KeptRule]:
        return list(self.site.rulebook.rules.values())

    @property
    def clock(self) -> Clock:
        return self.site.clock

    @property
    def spent(self) -> float:
        return self.site.ledger.spent

    def leave_out(self, post: Post, *, times: int) -> None:
        """Say nothing of a post that is asked for by its id, so many times: neither what it is nor that it is gone."""
        self.site.world.left_out[post.id] = times

    def fault(self, name: str | Fault, **settings: Any) -> Active:
        """Switch a fault on: an entry of `FAULTS`, its name, or a kind with its settings."""
        entry = name if isinstance(name, Fault) else BY_NAME.get(name)
        kind, given = (entry.kind, entry.settings | settings) if entry else (str(name), settings)
        if kind not in LASTS:
            raise ValueError(f"no fault {kind}; there are {', '.join((*BY_NAME, *LASTS))}")
        fault = self.site.faults.add(kind, **given)
        self._outages.begin(fault)
        return fault

    def clear_faults(self) -> None:
        self.site.faults.clear()
        self._outages.end()

    def add_rule(self, value: str, tag: str | None = None) -> dict[str, str]:
        return self.site.rulebook.add(value, tag).shown

    def send_raw(self, line: str | bytes) -> None:
        """These very bytes, on every open filtered stream."""
        raw = line if isinstance(line, bytes) else line.encode()
        for connection in self.connections:
            connection.offer(raw)

    def replay(self, lines: Iterable[str], *, per_second: float = 50.0) -> None:
        """Recorded lines, unchanged, one after the other."""
        self.start(self._replay(list(lines), self.clock.real(1 / per_second)))

    async def _replay(self, lines: list[str], pause: float) -> None:
        for line in lines:
            self.send_raw(line.rstrip("\r\n") + "\r\n")
            await asyncio.sleep(pause)

    def shift_clock(self, seconds: float) -> None:
        self.clock.shift(seconds)

    def set_credit(self, credit: float | None, *, when_empty: Any = 402) -> None:
        self.site.ledger.credit, self.site.ledger.when_empty = credit, when_empty

    def forget_requests(self) -> None:
        self.site.requests.clear()

    async def _control(self, request: web.Request) -> web.StreamResponse:
        return await control(self, request)

    async def until(self, true: Callable[[], object], *, seconds: float = PATIENCE) -> None:
        """Wait, in real seconds, until this holds: `await x.until(lambda: x.connections)`."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise TimeoutError("the server waited in vain")
            await asyncio.sleep(0.002)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

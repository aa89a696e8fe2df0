"""All parts of the server that its endpoints share."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .clock import Clock
from .faults import Faults
from .ledger import Ledger
from .limits import Limits
from .spelling import Style, answers_new, renamed
from .state import World

if TYPE_CHECKING:
    from .activity import Subscriptions
    from .compliance import Jobs
    from .connections import Switchboard
    from .rules_endpoint import Rulebook


@dataclass
class Seen:
    """One line of the request log."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    at: datetime
    endpoint: str = ""
    body: Any = None
    status: int | None = None


@dataclass
class Site:
    clock: Clock
    world: World
    faults: Faults
    limits: Limits
    ledger: Ledger
    rulebook: "Rulebook"
    switchboard: "Switchboard"
    subscriptions: "Subscriptions"
    jobs: "Jobs"
    style: Style
    token: str
    base: str = ""
    requests: list[Seen] = field(default_factory=list)

    def spelled(self, body: Any, *, streaming: bool) -> Any:
        return renamed(body) if answers_new(self.style, streaming=streaming) else body

    def json(self, body: Any, *, status: int = 200) -> web.Response:
        text = json.dumps(self.spelled(body, streaming=False), ensure_ascii=False)
        return web.Response(status=status, text=text, content_type="application/json")

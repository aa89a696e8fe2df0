"""Every fault by name, with what a reader of the stream must see at its end.

    @pytest.mark.parametrize("fault", FAULTS, ids=str)
    async def test_...(fault): x.fault(fault.name)

`ends` is the kind of end a client has to report (None: its connection goes on); `lasts` says what ends the
fault itself: so many strikes, or None for "until cleared".
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from .damage import DAMAGES
from .faults import LASTS
from .problems import DISCONNECTS

End = Literal[
    "closed",
    "stalled",
    "network",
    "http",
    "rate_limited",
    "too_many_connections",
    "auth",
    "no_credit",
    "usage_cap",
    "forbidden_plan",
    "bad_rules",
]


@dataclass(frozen=True)
class Fault:
    name: str
    kind: str
    ends: End | None
    settings: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def lasts(self) -> int | None:
        return None if "seconds" in self.settings else self.settings.get("times", LASTS[self.kind])

    def __str__(self) -> str:
        return self.name


def _http(name: str, status: int, ends: End, **settings: Any) -> Fault:
    return Fault(name, "http", ends, {"status": status, **settings})


def _line(name: str, raw: str) -> Fault:
    return Fault(f"line_{name}", "line", None, {"raw": raw})


HUGE = '{"data":{"id":"1","text":"' + "x" * 600 * 1024 + '"}}'

REFUSALS = (
    _http("401", 401, "auth"),
    _http("402_no_credit", 402, "no_credit", problem="no_credit"),
    _http("403_client_forbidden", 403, "forbidden_plan", problem="client_forbidden"),
    _http("409_no_rules", 409, "bad_rules", problem="no_rules"),
    _http("420", 420, "rate_limited"),
    _http("429_rate", 429, "rate_limited"),
    _http("429_rate_without_reset", 429, "rate_limited", rate_headers=False),
    _http("429_too_many_connections", 429, "too_many_connections", problem="too_many_connections", seconds=30),
    _http("429_usage_capped", 429, "usage_cap", problem="usage_capped"),
    *(
        _http(f"{status}_{body}", status, "http", body=body)
        for status in (500, 502, 503, 504)
        for body in ("json", "html", "empty")
    ),
)
NO_ANSWER = (
    Fault("refuse", "refuse", "network"),
    Fault("hang", "hang", "stalled"),
    Fault("drop", "drop", "network", {"times": 2}),  # aiohttp's client silently tries a GET a second time
    Fault("redirect", "redirect", None),
    Fault("captive_portal", "redirect", "closed", {"status": 302, "to": "/_portal"}),
    Fault("ipv6_only", "ipv6", "network"),
    Fault("gone_for_an_hour", "gone", "network", {"seconds": 3600, "posts": 400}),
)
ENDINGS = (
    Fault("close_at_once", "close", "closed"),
    Fault("close_after_one", "close", "closed", {"after": 1}),
    Fault("close_after_three", "close", "closed", {"after": 3}),
    *(Fault(f"disconnect_{kind}", "disconnect", "closed", {"type": kind}) for kind in DISCONNECTS),
    Fault("reset", "reset", "network"),
    Fault("truncated_chunk", "truncate", "network"),
    Fault("cut_line", "cut", "closed"),
    Fault("stall", "stall", "stalled"),
    Fault("slow_reader", "slow_reader", "closed"),
    Fault("heartbeat_35", "heartbeat", "stalled", {"every": 35}),
)
PACE = (
    Fault("silence", "silence", None),
    Fault("heartbeat_19", "heartbeat", None, {"every": 19}),
    Fault("heartbeat_25", "heartbeat", None, {"every": 25}),
    Fault("together", "together", None),
    Fault("bytewise", "bytewise", None),
    Fault("split_character", "split_character", None),
    Fault("newline", "newline", None),
    Fault("gzip", "gzip", None),
    Fault("twice", "twice", None),
    Fault("shuffle", "shuffle", None),
    Fault("old_posts", "old_posts", None, {"minutes": 10}),
    Fault("clock_ahead", "skew", None, {"minutes": 5}),
    Fault("clock_behind", "skew", None, {"minutes": -5}),
    Fault("index_lag", "index_lag", None, {"lag": 60}),
    Fault("rule_delay", "rule_delay", None, {"delay": 20}),
    Fault("slot_kept", "slot", None, {"keep": 30}),  # after a drop the place stays taken for 30 s
    Fault("burst", "burst", None, {"rate": 250, "duration": 60}),
)
LINES = (
    _line("malformed", '{"data":{"id":"1","text":"cut'),
    _line("html", "<html><body>Over capacity</body></html>"),
    _line("huge", HUGE),
    _line("empty_object", "{}"),
    _line("empty_list", "[]"),
    _line("null", "null"),
    _line("number", "7"),
    _line("unknown_object", '{"weather":{"today":"rain"}}'),
    _line("errors", '{"errors":[{"title":"Unknown","type":"about:blank","detail":"something happened"}]}'),
    _line("not_utf8", '{"data":{"id":"1","text":"\udcff"}}'),
)
DAMAGED = tuple(Fault(what, "damage", None, {"what": what}) for what in DAMAGES)

FAULTS: tuple[Fault, ...] = (*REFUSALS, *NO_ANSWER, *ENDINGS, *PACE, *LINES, *DAMAGED)
BY_NAME = {fault.name: fault for fault in FAULTS}

"""Links from people that this event does not know yet."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.authors import is_trusted
from app.domain.screening.context import Context
from app.domain.verdict import Level, Signal

_BARE = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    if context.approved_before or is_trusted(post, policy, context):
        return
    allowed = {host.casefold().removeprefix("www.") for host in policy.allowed_hosts}
    hosts = [host for host in _hosts(post) if host not in allowed]
    if hosts:
        yield Signal(
            "link-from-unknown",
            "link",
            Level.HOLD,
            f"It links to {hosts[0]}, and nothing by this author has been approved here yet.",
            1.0,
            tuple(match.span() for match in _BARE.finditer(post.text)),
        )


def _hosts(post: Incoming) -> list[str]:
    hrefs = [segment.href for segment in post.segments if segment.kind == "link"]
    return [host for href in hrefs or _BARE.findall(post.text) if (host := _host(href))]


def _host(href: str) -> str:
    try:
        host = urlsplit(href if "//" in href else f"//{href}").hostname or ""
    except ValueError:
        return href
    return host.removeprefix("www.")

"""What a look-up tells of a post: read, or left out with a word in the log; and what became of one that we keep."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

from app.domain.incoming import Account, Became, Incoming, Marked, Withdrawal
from app.sources import Unreadable
from app.sources.bluesky.payload import SOURCE, NotForUs, read_post
from app.sources.json_fields import Json

log = logging.getLogger(__name__)

FIRST_POSTS = datetime(2023, 1, 1, tzinfo=UTC)
GONE = "deleted, or its author is gone"


def read_or_none(view: Json, version: int = 0) -> Incoming | None:
    try:
        return read_post(view, version=version)
    except NotForUs:
        return None
    except Unreadable as unreadable:
        log.warning("a post of Bluesky cannot be read (%s)", unreadable)
        return None


def became(view: Json | None, known: str, ref: str, *, at: datetime) -> Iterator[Became]:
    """What became of a post of which we know this version."""
    if view is None:
        yield Withdrawal(SOURCE, ref, GONE)
        return
    try:
        one = read_post(view, version=version_at(at))
    except NotForUs as reason:
        yield Withdrawal(SOURCE, ref, str(reason))
        return
    except Unreadable as unreadable:
        log.warning("a post of Bluesky cannot be read (%s)", unreadable)
        return
    if one.version_ref != known:
        yield one
        return
    yield Account(SOURCE, ref, one.byline)
    if one.sensitive:
        yield Marked(SOURCE, ref)
    if one.quote is not None and not one.quote.available:
        yield Withdrawal(SOURCE, ref, "what it quotes is gone", only_quote=True)


def version_at(at: datetime) -> int:
    """Seconds, so that a change that is noticed later counts as the newer one."""
    return int((at - FIRST_POSTS).total_seconds())

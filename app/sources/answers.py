"""What answers the posts that stand on the screens, at networks whose listening does not tell of it."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, runtime_checkable

from app.domain.incoming import Found
from app.queries.sources import Assignment, Kept
from app.sources import Ended, Source

log = logging.getLogger(__name__)

WANTED = "answers"
"""The option by which an organiser asks for them: they cost requests, and at X money."""


@runtime_checkable
class Follows(Protocol):
    """A source that can be asked for what answers a post."""

    async def answers(self, shown: Sequence[Kept], may_go_on: Callable[[], Awaitable[None]]) -> list[Found]:
        """New answers to these, and to those. Before more is read `may_go_on` is asked, which may raise `Ended`."""


class Answers:
    """Asked for after each pass over what is kept; whatever goes wrong here leaves all else alone."""

    def __init__(self, assignment: Assignment, source: Source) -> None:
        self._slug, self._kind = assignment.slug, assignment.kind
        wanted = assignment.reads and assignment.options.get(WANTED) is True
        self._source = source if wanted and isinstance(source, Follows) else None

    async def to(self, shown: Sequence[Kept], may_go_on: Callable[[], Awaitable[None]]) -> list[Found]:
        if self._source is None or not shown:
            return []
        try:
            return await self._source.answers(shown, may_go_on)
        except Ended as ended:
            log.info("answers at %s in %s: %s", self._kind, self._slug, ended)
            return []

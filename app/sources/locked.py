"""A source that nobody can get into, and says so."""

from app.domain.incoming import Became
from app.queries.sources import Position
from app.sources import Ended, Outlet, Why


class Locked:
    """What stands where a source would, if its token cannot be read."""

    def __init__(self, why: str) -> None:
        self._why = why

    async def run(self, outlet: Outlet, position: Position) -> None:  # noqa: ARG002
        raise Ended(Why.AUTH, self._why)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:  # noqa: ARG002
        raise Ended(Why.AUTH, self._why)

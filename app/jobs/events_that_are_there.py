"""Verbs that jobs do to events which they have listed before: one that was deleted meanwhile is nothing to do."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from app.queries.events import is_there
from app.views.context import Context

P = ParamSpec("P")
T = TypeVar("T")

MISSING = (NoResultFound, StaleDataError)
"""What a verb says when a row that it needs is not there, or goes while it runs."""


async def do_if_there(
    context: Context, verb: Callable[Concatenate[Session, int, P], T], event_id: int, *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Run a verb on an Event; None if that is gone. Whatever else goes wrong is raised."""
    try:
        return await context.backchannel.do(verb, event_id, *args, **kwargs)
    except MISSING:
        if await context.backchannel.ask(is_there, event_id):
            raise
        return None

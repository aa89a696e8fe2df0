"""Whatever runs by itself finds an event gone that it has just listed: that is nothing to do."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from app.actions.after_the_event import erase_unwanted
from app.actions.alarms import note_calls, watch
from app.actions.change_log import trim_log
from app.actions.current_talk import move_programme_on
from app.actions.delays import keep_desk
from app.actions.reader_findings import reader_came, reader_went
from app.actions.votes import publish_vote_totals
from app.domain.event import Event
from app.domain.lease import NOBODY
from app.jobs.events_that_are_there import do_if_there
from app.queries.event_end import is_over
from app.queries.sources import posts_on_screens, posts_to_look_after, posts_to_recheck
from app.store.doors import Backchannel
from app.views.context import Context
from tests.conftest import NOON

GONE = 4711
VERBS: dict[Callable[..., Any], tuple[tuple[Any, ...], dict[str, Any]]] = {
    watch: ((), {"at": NOON}),
    note_calls: (({"mail": "delivered"},), {"at": NOON}),
    move_programme_on: ((), {"at": NOON}),
    publish_vote_totals: ((), {"at": NOON}),
    keep_desk: ((), {"at": NOON}),
    trim_log: ((), {"keep": 10}),
    reader_came: ((), {"by": NOBODY, "at": NOON}),
    reader_went: ((), {"by": NOBODY, "at": NOON}),
}


def context_of(doors: Backchannel) -> Context:
    return cast(Context, SimpleNamespace(backchannel=doors))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
async def test_a_job_passes_over_an_event_that_is_gone(doors: Backchannel, verb: Callable[..., Any]) -> None:
    args, kwargs = VERBS[verb]
    assert not await do_if_there(context_of(doors), verb, GONE, *args, **kwargs)


async def test_what_is_wrong_with_an_event_that_is_there_is_raised(doors: Backchannel, event: Event) -> None:
    def breaks(_db: Session, _event_id: int) -> None:
        raise NoResultFound

    with pytest.raises(NoResultFound):
        await do_if_there(context_of(doors), breaks, event.id)


async def test_a_source_finds_nothing_to_look_after_in_an_event_that_is_gone(doors: Backchannel) -> None:
    assert await doors.ask(is_over, GONE, at=NOON)
    assert await doors.ask(posts_on_screens, GONE, "x", limit=5) == []
    assert await doors.ask(posts_to_recheck, GONE, "x", below=0, limit=5) == []
    assert await doors.ask(posts_to_look_after, GONE, "x", at=NOON) == (0, 0)
    assert await doors.do(erase_unwanted, GONE, "x", at=NOON) == 0

"""The writers: verbs that wait are run together and committed once, each as if it were alone.

A commit is an fsync: a hundred small writes that share one cost little more than one. A verb that fails takes nothing
of the others with it (a savepoint each), and nobody is told "stored" before the commit that stored theirs.
"""

import asyncio
import logging
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from app.store.engines import TROUBLE, is_away

log = logging.getLogger(__name__)

GROUP = 200
GROUP_SECONDS = 0.02
"""A group is closed when it is so large or took so long; the rest is the next one."""
MAX_WRITES_WAITING = 2_000
"""So many actions may wait for the writers; past that a caller is told at once (`Busy`)."""
HANGING_SECONDS = 60.0
"""A group that runs so long is taken to hang: no machine is that slow, and texts and rows of a verb are bounded."""
CLASHES = 3
"""So often a verb is tried again that met another writer of PostgreSQL in the same new row, or in a deadlock."""

Failure = Exception
Outcome = tuple[Any, Failure | None]


class Unreachable(Exception):
    """The database does not answer now. What was asked to be written may be stored or not; try again later."""


@dataclass(slots=True)
class Call:
    """A verb that waits for a writer. `seen` gets what the verb noted in `Session.info`."""

    verb: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[tuple[Any, dict[str, Any]]]"
    asked: float = field(default_factory=time.perf_counter)


@dataclass(slots=True)
class WriterCounters:
    """What the writers did since the process began, and seconds spent in the database."""

    calls: int = 0
    groups: int = 0
    seconds: float = 0.0


class Writers:
    """One thread for SQLite, which has one writer anyway; a few for PostgreSQL."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self._alone = threads == 1
        self._waiting: deque[Call] = deque()
        self._any = threading.Condition()
        self._closed = False
        self.tally = WriterCounters()
        self._since: dict[int, float] = {}
        self._threads = [threading.Thread(target=self._work, name=f"write-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    def submit(self, call: Call) -> None:
        with self._any:
            self._waiting.append(call)
            self._any.notify()

    def oldest(self) -> float:
        """Seconds that the call which waits longest has waited."""
        try:
            return time.perf_counter() - self._waiting[0].asked
        except IndexError:
            return 0.0

    def hanging(self) -> list[str]:
        """Where each writer stands that hangs: its stack, for the log."""
        now, frames = time.perf_counter(), sys._current_frames()
        late = [thread for thread, since in self._since.copy().items() if now - since > HANGING_SECONDS]
        return ["".join(traceback.format_stack(frames[thread])) for thread in late if thread in frames]

    def close(self) -> None:
        """Let all that waits be written, then end."""
        with self._any:
            self._closed = True
            self._any.notify_all()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        me = threading.get_ident()
        while calls := self._take():
            began = self._since[me] = time.perf_counter()
            try:
                self._run(calls)
            except Exception as error:
                # A writer must not end: everybody would wait for ever.
                log.exception("a writer failed")
                _tell([(call, (None, error)) for call in calls], {})
            del self._since[me]
            self.tally.groups += 1
            self.tally.seconds += time.perf_counter() - began

    def _take(self) -> list[Call]:
        with self._any:
            while not self._waiting and not self._closed:
                self._any.wait()
            return [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]

    def _run(self, calls: list[Call]) -> None:
        if len(calls) == 1:
            self._run_alone(calls[0])
            return
        try:
            outcomes, info = self._group(calls)
        except Unreachable as error:
            _tell([(call, (None, error)) for call in calls], {})
            return
        except Exception:  # noqa: BLE001 - one met another writer, or all lost the connection: each by itself
            for call in calls:
                self._run_alone(call)
            return
        self.tally.calls += len(outcomes)
        _tell(zip(calls, outcomes, strict=False), info)
        if rest := calls[len(outcomes) :]:
            with self._any:
                self._waiting.extendleft(reversed(rest))
                self._any.notify()

    def _run_alone(self, call: Call) -> None:
        try:
            result, info = self.run(call.verb, call.args, call.kwargs)
        except Exception as error:  # noqa: BLE001 - it belongs to the caller
            _tell([(call, (None, error))], {})
        else:
            _tell([(call, (result, None))], info)
        self.tally.calls += 1

    def run(self, verb: Any, args: Any, kwargs: Any) -> tuple[Any, dict[str, Any]]:
        """One verb, one transaction, in the caller's thread."""
        for attempt in range(CLASHES + 1):
            try:
                with Session(self._engine, expire_on_commit=False) as db:
                    result = verb(db, *args, **kwargs)
                    _commit(db)
                    return result, dict(db.info)
            except TROUBLE as error:
                if self._alone or attempt == CLASHES:
                    if is_away(error):
                        raise Unreachable(str(error)) from error
                    raise
        raise AssertionError

    def _group(self, calls: list[Call]) -> tuple[list[Outcome], dict[str, Any]]:
        """Run the calls from the front, as many as there is time for, and commit them together."""
        outcomes: list[Outcome] = []
        until = time.perf_counter() + GROUP_SECONDS
        with Session(self._engine, expire_on_commit=False) as db:
            for verb, some in groupby(calls, key=lambda call: call.verb):
                alike = list(some)
                many = getattr(verb, "together", None)
                if many is not None and len(alike) > 1:
                    outcomes += _together(db, many, alike)
                else:
                    for call in alike:
                        outcomes.append(_apart(db, call))
                        if time.perf_counter() > until:
                            break
                if time.perf_counter() > until:
                    break
            _commit(db)
            return outcomes, dict(db.info)


def _commit(db: Session) -> None:
    """What fails here may be stored or not, so it must not be tried again: a verb may count."""
    db.flush()
    try:
        db.commit()
    except (OperationalError, InterfaceError) as error:
        raise Unreachable(str(error)) from error


def _apart(db: Session, call: Call) -> Outcome:
    """One of several: its failure is its own, and it sees no row that another has loaded."""
    try:
        with db.begin_nested():
            return call.verb(db, *call.args, **call.kwargs), None
    except TROUBLE:
        raise
    except Exception as error:  # noqa: BLE001 - it belongs to the caller
        return None, error
    finally:
        db.expunge_all()


def _together(db: Session, many: Callable[..., Iterable[Any]], calls: list[Call]) -> list[Outcome]:
    """Calls of one verb, by the verb that does many of them at once; apart if that fails.

    It gives a result for each, in order, or the exception that the call would have raised.
    """
    try:
        with db.begin_nested():
            results = many(db, [(call.args, call.kwargs) for call in calls])
            return [(None, one) if isinstance(one, Exception) else (one, None) for one in results]
    except TROUBLE:
        raise
    except Exception:  # noqa: BLE001 - whose it was, shows when they run apart
        db.expunge_all()
        return [_apart(db, call) for call in calls]
    finally:
        db.expunge_all()


def _tell(told: Iterable[tuple[Call, Outcome]], info: dict[str, Any]) -> None:
    """Hand the outcomes to their loops, at once for all of a loop."""
    pairs = list(told)
    loops = {call.loop for call, _ in pairs}
    for loop in loops:
        ours = [(call, outcome) for call, outcome in pairs if call.loop is loop]
        with suppress(RuntimeError):  # that loop has ended, and nobody waits in it
            loop.call_soon_threadsafe(_settle, ours, info)


def _settle(told: list[tuple[Call, Outcome]], info: dict[str, Any]) -> None:
    for call, (result, error) in told:
        if call.done.done():
            continue
        if error is not None:
            call.done.set_exception(error)
        else:
            call.done.set_result((result, info))

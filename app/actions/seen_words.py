"""What people say to hosts is judged as it was seen: what is another thing meanwhile is looked at again first."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import Actor, Decision
from app.domain.subject import Subject
from app.domain.verdict import Verdict


class SaidOtherwise(Refused):
    """Those are not the words that somebody had before their eyes, or somebody else has judged them."""


class Judged(Protocol):
    """A row that waits for a host, who sees it with its mark."""

    id: int
    event_id: int
    verdict: Verdict

    @property
    def seen(self) -> str: ...


def judge_as_seen(
    db: Session, row: Judged, subject: Subject, verdict: Verdict, *, seen: str, by: Actor, at: datetime
) -> Decision | None:
    """Let it be read by everybody, or not. None if it is so. Raises SaidOtherwise for what nobody saw.

    What is taken away needs not have been seen: nobody escapes that by changing their words again and again.
    """
    if row.verdict is verdict:
        return None
    if verdict is Verdict.APPROVED and seen != row.seen:
        raise SaidOtherwise("It has changed meanwhile. Look at it as it is now.")
    before, row.verdict = row.verdict, verdict
    return decide(db, row.event_id, subject, row.id, before, verdict, by=by, at=at)

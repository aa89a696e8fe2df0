"""A programme that came as a file is put in place: what is there already is kept, with all that hangs on it."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish_all
from app.actions.current_talk import move_programme_on
from app.actions.decisions import decide
from app.actions.programme_file import put_programme_file_away
from app.actions.rooms import keep_rooms
from app.actions.talks import take_off
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.programme_file import ProgrammeFile
from app.domain.programme_matching import PlannedTalk, Programme, ProgrammeChanges, changes
from app.domain.screening.planned_talks import DoubtfulTalk, doubtful
from app.domain.sentence import Said, counted
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.programme import all_talks, talks_in_use


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do; `kept` are Talks that the file has no more, but that questions belong to."""

    changes: ProgrammeChanges
    kept: tuple[Talk, ...]
    came_from: Mapping[int, tuple[datetime, str]]
    """When and where the Talks that are moved were before, by their id."""
    doubtful: tuple[DoubtfulTalk, ...] = ()
    """Those of which somebody should read the words before everybody does."""

    @property
    def mark(self) -> str:
        """The same only if the same would be done to the same Talks: what was looked at, is what is put in place."""
        found = self.changes
        pairs = [
            (name, talk.id, _row(talk), plan)
            for name, several in (("changed", found.changed), ("moved", found.moved))
            for talk, plan in several
        ]
        removed = [(talk.id, _row(talk)) for talk in found.removed]
        whole = (found.added, pairs, removed, [talk.id for talk in self.kept])
        return hashlib.sha256(repr(whole).encode()).hexdigest()[:32]


class OtherChanges(Said):
    """What an import would do is not what was looked at."""


def foresee_import(db: Session, event_id: int, programme: Programme) -> Imported:
    """What an import would do, and what is to be said of its words. Changes nothing."""
    event = db.get_one(Event, event_id)
    policy, hashtags = Policy.from_json(event.policy), tuple(event.hashtags)
    found = changes(all_talks(db, event_id), programme.talks)
    used = talks_in_use(db, [talk.id for talk in found.removed])
    used |= {talk.id for talk in found.removed if talk.do_not_share}  # it would come back without its mark
    came_from = {talk.id: (talk.starts_at, talk.room) for talk, _ in found.moved}
    news = (*found.added, *(plan for _, plan in (*found.changed, *found.moved)))
    doubts = tuple(doubt for plan in news if (doubt := doubtful(plan, policy, hashtags)))
    return Imported(found, tuple(talk for talk in found.removed if talk.id in used), came_from, doubts)


def import_programme(
    db: Session,
    event_id: int,
    programme: Programme,
    *,
    remove_used: bool = False,
    read: Collection[str] | None = None,
    mark: str | None = None,
    kept_at: datetime | None = None,
    by: Actor = SETUP,
    at: datetime,
) -> Imported:
    """Update the programme in place. A Talk with questions or posts goes only if `remove_used` says so.

    Of what is doubtful only the keys that somebody has `read` are taken; the rest stays as it was, or away. With None
    whoever imports answers for all. With the `mark` of what was foreseen nothing else is done: raises OtherChanges.
    So it does if it was read from the file that was kept for it at `kept_at`, and that is another one by now; if not,
    the file is put away with it.
    """
    db.get_one(Event, event_id, with_for_update=True)  # so that two who import at once do not both add a talk
    if kept_at is not None:
        kept = db.get(ProgrammeFile, event_id, with_for_update=True)
        if kept is None or not kept.content or kept.at != kept_at:
            raise OtherChanges("The file or the programme has changed since you looked. Look once more.")
        put_programme_file_away(db, event_id, at=at)
    foreseen = foresee_import(db, event_id, programme)
    if mark is not None and mark != foreseen.mark:
        raise OtherChanges("The file or the programme has changed since you looked. Look once more.")
    unseen = [] if read is None else [doubt.plan for doubt in foreseen.doubtful if doubt.plan.key not in read]
    touched: list[Talk] = []
    for talk, plan in (*foreseen.changes.moved, *foreseen.changes.changed):
        if plan not in unseen:
            _fill(talk, plan)
            touched.append(talk)
    for plan in (plan for plan in foreseen.changes.added if plan not in unseen):
        touched.append(Talk(event_id=event_id, title="", starts_at=plan.starts_at, ends_at=plan.ends_at))
        _fill(touched[-1], plan)
    db.add_all(touched)
    keep_rooms(db, event_id)
    if touched:
        publish_all(db, event_id, Subject.TALK, [talk.id for talk in touched], at=at)
    goes = [talk for talk in foreseen.changes.removed if remove_used or talk not in foreseen.kept]
    for talk in goes:
        take_off(db, talk, at=at)
    if touched or goes:
        said = counted(
            "%(num)d talk added or changed, %(gone)d taken off",
            "%(num)d talks added or changed, %(gone)d taken off",
            len(touched),
            gone=len(goes),
        )
        decide(db, event_id, Subject.PROGRAMME, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    move_programme_on(db, event_id, at=at)
    return foreseen


def _fill(talk: Talk, plan: PlannedTalk) -> None:
    talk.key, talk.title, talk.room, talk.speakers = plan.key, plan.title, plan.room, list(plan.speakers)
    talk.starts_at, talk.ends_at = plan.starts_at, plan.ends_at
    talk.do_not_share = talk.do_not_share or plan.do_not_share  # no file takes off what somebody asked for


def _row(talk: Talk) -> tuple[object, ...]:
    at = talk.starts_at.timestamp(), talk.ends_at.timestamp()
    return (talk.key, talk.title, talk.room, tuple(talk.speakers), at, talk.do_not_share)

"""Series are founded and described; they pause and go on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.editions import keep_editions
from app.actions.events import Refused, plan_event
from app.domain.decision import ADDED, AS_IT_WAS, CHANGED, REMOVED, SETUP, Actor
from app.domain.event import Event, EventKind
from app.domain.sentence import Sentence
from app.domain.series import LONGEST_ABOUT, LONGEST_CONFIDENCE, Every, Pause, Series
from app.domain.subject import Subject

LONGEST_MINUTES_OF_AN_EDITION = 12 * 60
LONGEST_LATE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Described:
    """What its hosts say of a series, and when it is; as it was typed."""

    first_on: date
    begins: time
    minutes: int = 60
    every: Every = Every.WEEK
    about: str = ""
    hosts: str = ""
    confidence: str = ""
    opens_before: int = 30
    late_days: int = 2


def found_series(
    db: Session,
    slug: str,
    described: Described,
    *,
    name: str,
    hashtags: list[str],
    zone: str = "Europe/London",
    language: str = "en",
    accent: str = "",
    kind: EventKind = EventKind.CHAT,
    listed: bool = False,
    like: int | None = None,
    with_tokens: bool = False,
    by: Actor = SETUP,
    at: datetime,
) -> Series:
    """Make a Series with its pattern and its first editions. Raises Refused as `plan_event` does."""
    slug = slug.strip().lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", slug):
        raise Refused("The address may hold only the letters a to z, digits and hyphens, at most 40.")
    known = db.exec(select(Series).where(Series.slug == slug)).first()
    if known is not None:
        raise Refused("There is a series at “%(slug)s” already.", slug=slug)
    pattern = plan_event(
        db,
        f"{slug}-pattern",
        name=name,
        hashtags=hashtags,
        zone=zone,
        language=language,
        accent=accent,
        kind=kind,
        listed=listed,
        starts_on=None,
        ends_on=None,
        like=like,
        with_tokens=with_tokens,
        by=by,
        at=at,
    )
    series = Series(slug=slug, pattern_id=pattern.id, created_at=at, **_checked(described))
    db.add(series)
    db.flush()
    keep_editions(db, series.id, by=by, at=at)
    return series


def change_series(db: Session, series_id: int, described: Described, *, by: Actor = SETUP, at: datetime) -> Series:
    """From now on it is described so, and takes place then. Editions that are made and no longer due are called off."""
    series = db.get_one(Series, series_id, with_for_update=True)
    checked = _checked(described)
    if all(getattr(series, field) == value for field, value in checked.items()):
        return series
    for field, value in checked.items():
        setattr(series, field, value)
    _written(db, series, AS_IT_WAS, CHANGED, Sentence("Changed: what is said of the series, and when it is"), by, at)
    keep_editions(db, series.id, by=by, at=at)
    return series


def pause_series(
    db: Session, series_id: int, *, first_on: date, last_on: date, why: str = "", by: Actor = SETUP, at: datetime
) -> Pause:
    """It does not take place on these days. Raises Refused for days in the wrong order."""
    series = db.get_one(Series, series_id, with_for_update=True)
    if last_on < first_on:
        raise Refused("The last day is before the first.")
    same = select(Pause).where(Pause.series_id == series_id, Pause.first_on == first_on, Pause.last_on == last_on)
    if (known := db.exec(same).first()) is not None:
        return known
    pause = Pause(series_id=series_id, first_on=first_on, last_on=last_on, why=why.strip()[:120])
    db.add(pause)
    said = Sentence("pause from %(first)s to %(last)s", first=first_on.isoformat(), last=last_on.isoformat())
    _written(db, series, "", ADDED, said, by, at)
    keep_editions(db, series_id, by=by, at=at)
    return pause


def end_pause(db: Session, series_id: int, pause_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    """It takes place again on these days. Raises Refused if there is no such pause any more."""
    series = db.get_one(Series, series_id, with_for_update=True)
    pause = db.get(Pause, pause_id)
    if pause is None or pause.series_id != series_id:
        raise Refused("There is no such pause any more.")
    first, last = pause.first_on.isoformat(), pause.last_on.isoformat()
    db.delete(pause)
    _written(db, series, ADDED, REMOVED, Sentence("pause from %(first)s to %(last)s", first=first, last=last), by, at)
    keep_editions(db, series_id, by=by, at=at)


def forget_series(db: Session, series: Series, editions: Sequence[int]) -> None:
    """With its pattern goes the series. Raises Refused while there are editions, which its helpers have decided in."""
    if editions:
        raise Refused("The editions of a series have its helpers and rules. Delete them first.")
    for pause in db.exec(select(Pause).where(Pause.series_id == series.id)):
        db.delete(pause)
    db.flush()
    db.delete(series)
    db.flush()


def _checked(described: Described) -> dict[str, Any]:
    if not 5 <= described.minutes <= LONGEST_MINUTES_OF_AN_EDITION:
        raise Refused("It lasts from 5 minutes to 12 hours.")
    if not 0 <= described.opens_before <= 24 * 60 or not 0 <= described.late_days <= LONGEST_LATE_DAYS:
        raise Refused("It opens at most a day before, and late answers come for at most 30 days.")
    return {
        "first_on": described.first_on,
        "begins": described.begins,
        "minutes": described.minutes,
        "every": described.every,
        "about": described.about.strip()[:LONGEST_ABOUT],
        "hosts": described.hosts.strip()[:200],
        "confidence": described.confidence.strip()[:LONGEST_CONFIDENCE],
        "opens_before": described.opens_before,
        "late_days": described.late_days,
    }


def _written(db: Session, series: Series, before: str, after: str, said: str, by: Actor, at: datetime) -> None:
    db.flush()
    event: Event = db.get_one(Event, series.pattern_id)
    decide(db, event.id, Subject.SERIES, series.id, before, after, by=by, at=at, detail=said)
    publish(db, event.id, Subject.EVENT, event.id, at=at)

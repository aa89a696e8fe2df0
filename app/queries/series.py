"""Series and their editions: at an address, around a moment, of a pattern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.event import Event, EventState
from app.domain.series import Edition, Pause, Series, SeriesRule

SHOWN_PAST = 200


@dataclass(frozen=True, slots=True)
class Dated:
    """An edition and the Event that it is."""

    edition: Edition
    event: Event

    @property
    def is_on(self) -> bool:
        return self.event.state is EventState.OPEN


@dataclass(frozen=True, slots=True)
class Whole:
    """A Series as its page shows it."""

    series: Series
    pattern: Event
    rule: SeriesRule
    coming: tuple[Dated, ...]
    """What comes or is on, the next one first; called off ones too."""
    past: tuple[Dated, ...]
    """What was, the last one first; only what took place."""
    pauses: tuple[Pause, ...]
    left_out: frozenset[date]
    """Its days by the rule on which it did not take place."""

    @property
    def goes_on(self) -> bool:
        return self.pattern.state in GOES_ON

    @property
    def next(self) -> Dated | None:
        return next((one for one in self.coming if not one.edition.called_off), None)


GOES_ON = {EventState.PREPARED, EventState.OPEN}
"""States of a pattern whose editions are made."""


def series_by_slug(db: Session, slug: str) -> Series | None:
    return db.exec(select(Series).where(Series.slug == slug.strip().lower())).first()


def series_at(db: Session, slug: str, at: datetime) -> Whole | None:
    """The Series at an address, as it stands at a moment."""
    found = series_by_slug(db, slug)
    return whole(db, found, at) if found is not None else None


def whole(db: Session, series: Series, at: datetime) -> Whole:
    pattern = db.get_one(Event, series.pattern_id)
    over = col(Edition.ends_at) <= at
    off = select(col(Edition.planned_on)).where(Edition.series_id == series.id)
    coming = db.exec(_editions(series.id).where(~over).order_by(col(Edition.starts_at)))
    past = _editions(series.id).where(over, ~col(Edition.called_off), Event.state != EventState.PREPARED)
    return Whole(
        series,
        pattern,
        series.rule(pattern.zone),
        tuple(Dated(*row) for row in coming),
        tuple(Dated(*row) for row in db.exec(past.order_by(col(Edition.starts_at).desc()).limit(SHOWN_PAST))),
        tuple(pauses_of(db, series.id)),
        frozenset(db.exec(off.where(over, col(Edition.called_off)))),
    )


def _editions(series_id: int) -> Any:
    return select(Edition, Event).join(Event, col(Event.id) == Edition.event_id).where(Edition.series_id == series_id)


def editions(db: Session, series_id: int) -> list[Dated]:
    """All of them, whatever became of them."""
    return [Dated(*row) for row in db.exec(_editions(series_id).order_by(col(Edition.starts_at)))]


def pauses_of(db: Session, series_id: int) -> Sequence[Pause]:
    return db.exec(select(Pause).where(Pause.series_id == series_id).order_by(col(Pause.first_on))).all()


def edition_in_force(db: Session, series: Series, at: datetime) -> Event | None:
    """Where the permanent addresses of a Series lead: to the newest that is open, else what comes, else the last."""
    found = whole(db, series, at)
    is_on = [one for one in (*reversed(found.coming), *found.past) if one.is_on]
    chosen = next(iter(is_on), None) or found.next or next(iter(found.past), None)
    return chosen.event if chosen else None


def all_series(db: Session, at: datetime) -> list[Whole]:
    """All of them, by name."""
    found = [whole(db, one, at) for one in db.exec(select(Series)).all()]
    return sorted(found, key=lambda one: (one.pattern.name.casefold(), one.series.id))


def public_series(db: Session, at: datetime) -> list[Whole]:
    """Those that go on and that everybody may find."""
    return [one for one in all_series(db, at) if one.pattern.listed and one.goes_on]


def series_that_go_on(db: Session) -> list[int]:
    going = select(Series.id).join(Event, col(Event.id) == Series.pattern_id).where(col(Event.state).in_(GOES_ON))
    return list(db.exec(going))


def series_of(db: Session, event_id: int) -> Series | None:
    """The Series that an Event is an edition of."""
    edition = db.get(Edition, event_id)
    return db.get(Series, edition.series_id) if edition is not None else None


def edition_of(db: Session, event_id: int) -> Edition | None:
    return db.get(Edition, event_id)


def series_by_pattern(db: Session, event_id: int) -> Series | None:
    return db.exec(select(Series).where(Series.pattern_id == event_id)).first()


def editions_of_pattern(db: Session, event_id: int) -> Sequence[int]:
    """The editions that the links of a pattern open too."""
    of_it = select(Edition.event_id).join(Series, col(Series.id) == Edition.series_id)
    return db.exec(of_it.where(Series.pattern_id == event_id)).all()


def pattern_of(event_id: int) -> SelectOfScalar[int]:
    """The pattern of an edition, to be asked for inside of another question."""
    return (
        select(Series.pattern_id).join(Edition, col(Edition.series_id) == Series.id).where(Edition.event_id == event_id)
    )


def before_in_series(db: Session, edition: Edition) -> Event | None:
    """The Event of the edition before this one that took place, else the pattern."""
    earlier = _editions(edition.series_id).where(
        Edition.starts_at < edition.starts_at, Event.state != EventState.PREPARED, ~col(Edition.called_off)
    )
    found = db.exec(earlier.order_by(col(Edition.starts_at).desc()).limit(1)).first()
    if found is not None:
        return Dated(*found).event
    return db.get(Event, db.get_one(Series, edition.series_id).pattern_id)

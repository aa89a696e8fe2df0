"""Editions of a series: made ahead, opened and closed by the clock, moved, called off and named by hand."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.actions.authors import carry_standing
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.event_states import CALENDAR, close_event, open_event
from app.actions.events import Refused, plan_event
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event, EventState
from app.domain.screening.reading.blanks import has_words
from app.domain.sentence import Moment, Sentence, Written
from app.domain.series import LONGEST_THEME, MADE_AHEAD, Edition, Series, SeriesRule, planned_days
from app.domain.subject import Subject
from app.queries.series import GOES_ON, before_in_series, pauses_of

CALLED_OFF, TAKES_PLACE = "called_off", "takes_place"


def keep_editions(db: Session, series_id: int, *, by: Actor, at: datetime) -> None:
    """The next editions are there, at the time that the rule says; those that it does not foresee any more are off."""
    series = db.get_one(Series, series_id, with_for_update=True)
    pattern = db.get_one(Event, series.pattern_id)
    if pattern.state not in GOES_ON:
        return
    rule, pauses = series.rule(pattern.zone), pauses_of(db, series_id)
    today = at.astimezone(ZoneInfo(pattern.zone)).date()
    known = {one.planned_on: one for one in db.exec(select(Edition).where(Edition.series_id == series_id))}
    ahead = [day for day in planned_days(rule, pauses, today, MADE_AHEAD + 1) if rule.ends_at(day) > at]
    for day in ahead[:MADE_AHEAD]:
        if day not in known:
            known[day] = _make(db, series, pattern, rule, day, by=by, at=at)
    for day, edition in sorted(known.items()):
        if not edition.by_hand and edition.starts_at > at:
            due = rule.falls_on(day) and not any(pause.holds(day) for pause in pauses)
            _follow(db, edition, rule if due else None, by=by, at=at)


def keep_edition_times(db: Session, series_id: int, *, at: datetime) -> None:
    """What is due opens, and what took late answers long enough closes."""
    series = db.get_one(Series, series_id)
    late = timedelta(days=series.late_days)
    begun = select(Edition).where(
        Edition.series_id == series_id, Edition.starts_at <= at + timedelta(minutes=series.opens_before)
    )
    for edition in db.exec(begun.order_by(col(Edition.starts_at).desc()).limit(2 * MADE_AHEAD)).all():
        event, over = db.get_one(Event, edition.event_id), edition.ends_at + late <= at
        if event.state is EventState.PREPARED and not edition.called_off and not over:
            before = before_in_series(db, edition)
            open_event(db, event.id, by=CALENDAR, at=at)
            if before is not None:
                carry_standing(db, before.id, event.id, by=CALENDAR, at=at)
        elif event.state is EventState.OPEN and over:
            close_event(db, event.id, farewell=event.farewell, by=CALENDAR, at=at)


def _make(
    db: Session, series: Series, pattern: Event, rule: SeriesRule, day: date, *, by: Actor, at: datetime
) -> Edition:
    slug = _free_slug(db, f"{series.slug}-{day.isoformat()}")
    on = _day_of(rule.begins_at(day), rule.zone)
    event = plan_event(
        db,
        slug,
        name=pattern.name,
        hashtags=list(pattern.hashtags),
        zone=pattern.zone,
        accent=pattern.accent,
        language=pattern.language,
        kind=pattern.kind,
        starts_on=on,
        ends_on=on,
        listed=pattern.listed,
        like=pattern.id,
        with_tokens=True,
        by=by,
        at=at,
    )
    edition = Edition(
        event_id=event.id,
        series_id=series.id,
        planned_on=day,
        starts_at=rule.begins_at(day),
        ends_at=rule.ends_at(day),
        changed_at=at,
    )
    db.add(edition)
    db.flush()
    return edition


def _free_slug(db: Session, wanted: str) -> str:
    """An address that nobody has taken: somebody may have made an event of that name by hand."""
    taken = set(db.exec(select(Event.slug).where(col(Event.slug).startswith(wanted))).all())
    return wanted if wanted not in taken else next(f"{wanted}-{n}" for n in count(2) if f"{wanted}-{n}" not in taken)


def _follow(db: Session, edition: Edition, rule: SeriesRule | None, *, by: Actor, at: datetime) -> None:
    """By its rule it is then; without one it is off."""
    was = edition.called_off, edition.starts_at, edition.ends_at
    edition.called_off = rule is None
    if rule is not None:
        edition.starts_at, edition.ends_at = rule.begins_at(edition.planned_on), rule.ends_at(edition.planned_on)
    if was != (edition.called_off, edition.starts_at, edition.ends_at):
        _retimed(db, edition, _state(was[0]), _state(edition.called_off), by=by, at=at)


def move_edition(
    db: Session, event_id: int, *, starts_at: datetime, minutes: int, by: Actor = SETUP, at: datetime
) -> Edition:
    """This one is at another time; the others are as they were. Raises Refused for what has begun, or is over then."""
    edition = _to_come(db, event_id, at)
    if starts_at <= at:
        raise Refused("That time is over already.")
    if not 5 <= minutes <= 12 * 60:
        raise Refused("It lasts from 5 minutes to 12 hours.")
    ends_at = starts_at + timedelta(minutes=minutes)
    if (edition.starts_at, edition.ends_at, edition.called_off) == (starts_at, ends_at, False):
        return edition
    was = edition.called_off
    edition.starts_at, edition.ends_at, edition.by_hand, edition.called_off = starts_at, ends_at, True, False
    _retimed(db, edition, _state(was), TAKES_PLACE, by=by, at=at)
    return edition


def call_off_edition(db: Session, event_id: int, *, by: Actor = SETUP, at: datetime) -> Edition:
    """This one does not take place. Raises Refused for what has begun."""
    edition = _to_come(db, event_id, at)
    if not edition.called_off:
        edition.called_off, edition.by_hand = True, True
        _retimed(db, edition, TAKES_PLACE, CALLED_OFF, by=by, at=at)
    return edition


def follow_rule_again(db: Session, event_id: int, *, by: Actor = SETUP, at: datetime) -> Edition:
    """What was moved or called off by hand is as the rule says again."""
    edition = _to_come(db, event_id, at)
    if edition.by_hand:
        edition.by_hand, was = False, edition.called_off
        edition.called_off = False
        _retimed(db, edition, _state(was), TAKES_PLACE, by=by, at=at)
        keep_editions(db, edition.series_id, by=by, at=at)
    return edition


def name_edition(db: Session, event_id: int, theme: str, *, by: Actor = SETUP, at: datetime) -> Edition:
    """Say what an edition is about: its screens show it beside the name."""
    edition, event = db.get_one(Edition, event_id, with_for_update=True), db.get_one(Event, event_id)
    theme = " ".join(theme.split())[:LONGEST_THEME]
    theme = theme if has_words(theme) else ""
    if edition.theme == theme:
        return edition
    pattern = db.get_one(Event, db.get_one(Series, edition.series_id).pattern_id)
    edition.theme, event.name = theme, (f"{pattern.name}: {theme}" if theme else pattern.name)[:120]
    edition.changed_at = at
    said = Sentence("Changed: %(what)s", what=(Sentence("theme"),))
    decide(db, event_id, Subject.EDITION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.EVENT, event_id, at=at)
    return edition


def _to_come(db: Session, event_id: int, at: datetime) -> Edition:
    edition = db.get_one(Edition, event_id, with_for_update=True)
    if db.get_one(Event, event_id).state is not EventState.PREPARED or edition.starts_at <= at:
        raise Refused("It has begun already.")
    return edition


def _retimed(db: Session, edition: Edition, before: str, after: str, *, by: Actor, at: datetime) -> None:
    event = db.get_one(Event, edition.event_id)
    event.starts_on = event.ends_on = _day_of(edition.starts_at, event.zone)
    edition.changed_at = at
    said = Sentence("It is at %(when)s.", when=Moment(edition.starts_at, Written.DAY))
    decide(db, event.id, Subject.EDITION, event.id, before, after, by=by, at=at, detail=said)
    publish(db, event.id, Subject.EVENT, event.id, at=at)


def _state(called_off: bool) -> str:
    return CALLED_OFF if called_off else TAKES_PLACE


def _day_of(at: datetime, zone: str) -> date:
    return at.astimezone(UTC).astimezone(ZoneInfo(zone)).date()

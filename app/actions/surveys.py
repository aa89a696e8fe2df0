"""Which hour suits people: a series asks, everybody answers once a device, one click makes the winner its rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.seen_words import judge_as_seen
from app.actions.series import Described, change_series
from app.domain.decision import ADDED, REMOVED, SETUP, Actor, Decision
from app.domain.event import Event
from app.domain.incoming import Byline, Incoming, Segment
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.reading.blanks import has_words
from app.domain.screening.surroundings import Surroundings
from app.domain.series import Every, Series
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.survey import LONGEST_WORDS, Survey, SurveyAnswer, first_day
from app.domain.verdict import Verdict
from app.queries.programme import speakers
from app.queries.surveys import survey_of


def ask_survey(
    db: Session,
    series_id: int,
    *,
    days: Sequence[str],
    times: Sequence[str],
    every: Sequence[str],
    public: bool,
    by: Actor = SETUP,
    at: datetime,
) -> Survey:
    """Ask people which of these suit them. Raises Refused for nothing to choose from, and while another one is open."""
    series = db.get_one(Series, series_id, with_for_update=True)
    known = survey_of(db, series.pattern_id)
    if known is not None and known.closed_at is None:
        if (known.days, known.times, known.every, known.public) == (list(days), list(times), list(every), public):
            return known
        raise Refused("A survey is open already. Close it first.")
    if not (days and times and every):
        raise Refused("Offer at least one day, one time and how often.")
    survey = Survey(
        event_id=series.pattern_id, days=list(days), times=list(times), every=list(every), public=public, asked_at=at
    )
    db.add(survey)
    db.flush()
    _survey_written(db, survey, "", ADDED, by=by, at=at)
    return survey


def close_survey(db: Session, survey_id: int, *, by: Actor = SETUP, at: datetime) -> Survey:
    """It takes no answers any more; what was said stays."""
    survey = db.get_one(Survey, survey_id, with_for_update=True)
    if survey.closed_at is None:
        survey.closed_at = at
        _survey_written(db, survey, ADDED, REMOVED, by=by, at=at)
    return survey


def answer_survey(
    db: Session,
    survey_id: int,
    device: str,
    *,
    days: Sequence[str],
    times: Sequence[str],
    every: Sequence[str],
    words: str,
    at: datetime,
) -> SurveyAnswer:
    """What one device says, instead of what it said before. Only what was offered counts. Raises Refused once closed.

    Words are for the hosts, and for everybody once screening or a moderator has let them through.
    """
    survey = db.get_one(Survey, survey_id, with_for_update=True)
    if survey.closed_at is not None:
        raise Refused("The survey is closed. Thank you all the same.")
    said = " ".join(words.split())
    if len(said) > LONGEST_WORDS:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_WORDS)
    said = said if has_words(said) else ""
    on = [one for one in survey.days if one in days]
    hours = [one for one in survey.times if one in times]
    often = [one for one in survey.every if one in every]
    if not ((on and hours) or often or said):
        raise Refused("Tick a day and a time that suit you.")
    mine = select(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.device == device)
    answer = db.exec(mine).first()
    if answer is None:
        answer = SurveyAnswer(
            event_id=survey.event_id, survey_id=survey_id, device=device, days=on, times=hours, every=often, at=at
        )
    if said != answer.words:
        answer.verdict = screened(db, survey.event_id, said, f"{survey_id} {device}", at=at) if said else Verdict.HELD
    answer.days, answer.times, answer.every, answer.words, answer.at = on, hours, often, said, at
    db.add(answer)
    db.flush()
    publish(db, survey.event_id, Subject.SURVEY, survey_id, at=at)
    return answer


def judge_words(
    db: Session, answer_id: int, verdict: Verdict, *, seen: str, by: Actor, at: datetime
) -> Decision | None:
    """Let words be read, or not. None if it is so, or there are none. Raises SaidOtherwise."""
    answer = db.get_one(SurveyAnswer, answer_id, with_for_update=True, populate_existing=True)
    if not answer.words:
        return None
    decision = judge_as_seen(db, answer, Subject.SURVEY_WORDS, verdict, seen=seen, by=by, at=at)
    if decision is not None:
        publish(db, answer.event_id, Subject.SURVEY, answer.survey_id, at=at)
    return decision


def take_back_words_verdict(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """As it was. False if it was judged otherwise since, or other words stand there."""
    answer = db.get(SurveyAnswer, decision.subject_id, with_for_update=True)
    if answer is None or answer.verdict != decision.after or answer.at > decision.at:
        return False
    answer.verdict, words = Verdict(decision.before), Subject.SURVEY_WORDS
    decide(db, answer.event_id, words, answer.id, decision.after, decision.before, by=by, at=at, undoes=decision)
    publish(db, answer.event_id, Subject.SURVEY, answer.survey_id, at=at)
    return True


def make_it_the_rule(
    db: Session, survey_id: int, *, day: str, at_time: str, every: Every, by: Actor = SETUP, at: datetime
) -> Series:
    """From now on the series is then, first on the next such day. Raises Refused for what was not offered."""
    survey = db.get_one(Survey, survey_id, with_for_update=True)
    if day not in survey.days or at_time not in survey.times or every.value not in survey.every:
        raise Refused("That was not among what was offered.")
    series = db.exec(select(Series).where(Series.pattern_id == survey.event_id)).one()
    zone = db.get_one(Event, survey.event_id).zone
    stays = Described(
        series.first_on, series.begins, series.minutes, series.every, series.about, series.hosts, series.confidence,
        series.opens_before, series.late_days,
    )  # fmt: skip
    begins = time.fromisoformat(at_time)
    if (series.begins, series.every, str(series.first_on.weekday())) == (begins, every, day):
        return series
    first_on = first_day(day, at.astimezone(ZoneInfo(zone)).date())
    return change_series(db, series.id, replace(stays, first_on=first_on, begins=begins, every=every), by=by, at=at)


def screened(db: Session, event_id: int, text: str, ref: str, *, name: str = "", at: datetime) -> Verdict:
    """What the rules of the series say of words, as they would of a post from a phone; fail closed.

    A `name` among them is also looked at as what a post is signed with: it may pose as somebody.
    """
    event = db.get_one(Event, event_id)
    around = Surroundings(
        hashtags=tuple(event.hashtags), event_name=event.name, intake=event.intake, speakers=speakers(db, event_id)
    )
    post = Incoming(FLOOR.key, ref, Byline("", name), text, at, (Segment("text", text),))
    try:
        verdict = screen(post, Policy.from_json(event.policy), around).verdict
    except Exception:  # noqa: BLE001 - what could not be screened is held
        return Verdict.HELD
    # Where a reader reads what arrives nothing passes before that, and it does not read these.
    passes = verdict is Verdict.APPROVED and not event.has_reader
    return verdict if passes or verdict is Verdict.REJECTED else Verdict.HELD


def _survey_written(db: Session, survey: Survey, before: str, after: str, *, by: Actor, at: datetime) -> None:
    decide(db, survey.event_id, Subject.SURVEY, survey.id, before, after, by=by, at=at)
    publish(db, survey.event_id, Subject.SURVEY, survey.id, at=at)

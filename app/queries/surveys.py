"""How a survey stands, and which themes are wished for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.meet import Guest, MeetPhoto
from app.domain.series import Edition, Series
from app.domain.survey import Counted, Survey, SurveyAnswer, Theme, ThemeVote, Ticks, counted
from app.domain.verdict import Verdict


def series_asking(db: Session, event_id: int) -> int:
    """The pattern of the series of which an Event is an edition; itself where it is none."""
    pattern = select(Series.pattern_id).join(Edition, col(Edition.series_id) == Series.id)
    return db.exec(pattern.where(Edition.event_id == event_id)).first() or event_id


def said_to_series(db: Session, event_id: int, device: str) -> int:
    """How much a phone has said to the series of an Event and wished for, and whether it comes to the meet."""
    asking = series_asking(db, event_id)
    comes = db.exec(select(Guest.id).where(Guest.event_id == event_id, Guest.device == device)).all()
    photos = db.exec(select(MeetPhoto.id).where(MeetPhoto.event_id == event_id, MeetPhoto.device == device)).all()
    return (
        len(comes)
        + len(photos)
        + sum(
            len(db.exec(select(table.id).where(table.event_id == asking, table.device == device)).all())
            for table in (SurveyAnswer, Theme, ThemeVote)
        )
    )


def survey_of(db: Session, pattern_id: int) -> Survey | None:
    """The newest of a series, open or not."""
    found = select(Survey).where(Survey.event_id == pattern_id)
    return db.exec(found.order_by(col(Survey.id).desc()).limit(1)).first()


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that the page of a survey shows; to one device."""

    survey: Survey | None
    counted: Counted | None
    mine: SurveyAnswer | None
    words: Sequence[SurveyAnswer]
    """Those that may be read; for hosts all of them."""
    themes: Sequence[Theme]
    """Most votes first; of those that wait only one's own, but for hosts."""
    voted: frozenset[int]


def wishes(db: Session, pattern_id: int, device: str, *, host: bool) -> Wishes:
    survey = survey_of(db, pattern_id)
    answers: Sequence[SurveyAnswer] = ()
    if survey is not None:
        answers = db.exec(
            select(SurveyAnswer).where(SurveyAnswer.survey_id == survey.id).order_by(col(SurveyAnswer.id))
        ).all()
    themes = db.exec(
        select(Theme).where(Theme.event_id == pattern_id).order_by(col(Theme.votes).desc(), col(Theme.id))
    ).all()
    mine = next((one for one in answers if one.device == device), None) if device else None
    votes = select(ThemeVote.theme_id).where(ThemeVote.event_id == pattern_id, ThemeVote.device == device)
    return Wishes(
        survey,
        counted(survey.days, survey.times, survey.every, [Ticks(one.days, one.times, one.every) for one in answers])
        if survey
        else None,
        mine,
        [one for one in answers if one.words and (host or one.verdict is Verdict.APPROVED)],
        [one for one in themes if host or one.verdict is Verdict.APPROVED or _waits_of(one, device)],
        frozenset(db.exec(votes)) if device else frozenset(),
    )


def _waits_of(theme: Theme, device: str) -> bool:
    return theme.verdict is Verdict.HELD and theme.device == device != ""


def theme_by_id(db: Session, theme_id: int) -> Theme | None:
    return db.get(Theme, theme_id)


def survey_answer(db: Session, answer_id: int) -> SurveyAnswer | None:
    return db.get(SurveyAnswer, answer_id)

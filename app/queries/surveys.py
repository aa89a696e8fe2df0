"""How a survey stands, and which themes are wished for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.survey import Counted, Survey, SurveyAnswer, Theme, ThemeVote, Ticks, counted
from app.domain.verdict import Verdict


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

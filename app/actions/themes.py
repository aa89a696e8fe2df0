"""Themes for a series: anybody suggests and votes, a moderator lets through, one click plans an edition about it."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.editions import name_edition
from app.actions.events import Refused
from app.actions.seen_words import judge_as_seen
from app.actions.surveys import screened
from app.domain.decision import SETUP, Actor, Decision
from app.domain.screening.reading.blanks import has_words
from app.domain.series import LONGEST_THEME, Edition, Series
from app.domain.subject import Subject
from app.domain.survey import MOST_THEMES, Theme, ThemeVote
from app.domain.verdict import Verdict


def suggest_theme(db: Session, series_id: int, device: str, text: str, *, at: datetime) -> Theme:
    """Somebody would like to talk about it; it is theirs that counts first. What is said already gets their vote.

    Raises Refused for no words, too many, or too many themes.
    """
    series, said = db.get_one(Series, series_id, with_for_update=True), " ".join(text.split())
    if not has_words(said):
        raise Refused("Type the theme first.")
    if len(said) > LONGEST_THEME:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_THEME)
    known = select(Theme).where(Theme.event_id == series.pattern_id)
    theme = next((one for one in db.exec(known) if one.text.casefold() == said.casefold()), None)
    if theme is None:
        if db.exec(select(func.count()).select_from(known.subquery())).one() >= MOST_THEMES:
            raise Refused("There are many themes already. Vote for one of them.")
        verdict = screened(db, series.pattern_id, said, device, at=at)
        theme = Theme(event_id=series.pattern_id, text=said, device=device, verdict=verdict, at=at)
        db.add(theme)
        db.flush()
    vote_for_theme(db, theme.id, device, at=at)
    return theme


def vote_for_theme(db: Session, theme_id: int, device: str, *, at: datetime) -> bool:
    """Once for each device, however often it is sent. False if it counted already."""
    theme = db.get_one(Theme, theme_id, with_for_update=True)
    if _theme_vote(db, theme_id, device) is not None:
        return False
    db.add(ThemeVote(event_id=theme.event_id, theme_id=theme_id, device=device))
    _count_theme(db, theme, at=at)
    return True


def take_theme_vote_back(db: Session, theme_id: int, device: str, *, at: datetime) -> bool:
    theme = db.get_one(Theme, theme_id, with_for_update=True)
    if (vote := _theme_vote(db, theme_id, device)) is None:
        return False
    db.delete(vote)
    _count_theme(db, theme, at=at)
    return True


def judge_theme(db: Session, theme_id: int, verdict: Verdict, *, seen: str, by: Actor, at: datetime) -> Decision | None:
    """Let it be read and voted for, or not. None if it is so. Raises SaidOtherwise."""
    theme = db.get_one(Theme, theme_id, with_for_update=True)
    decision = judge_as_seen(db, theme, Subject.THEME, verdict, seen=seen, by=by, at=at)
    if decision is not None:
        publish(db, theme.event_id, Subject.THEME, theme.id, at=at)
    return decision


def take_back_theme_verdict(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """As it was. False if it was judged otherwise since."""
    theme = db.get(Theme, decision.subject_id, with_for_update=True)
    if theme is None or theme.verdict != decision.after:
        return False
    before = decision.before
    theme.verdict = Verdict(before)
    decide(db, theme.event_id, Subject.THEME, theme.id, decision.after, before, by=by, at=at, undoes=decision)
    publish(db, theme.event_id, Subject.THEME, theme.id, at=at)
    return True


def plan_theme(db: Session, theme_id: int, *, by: Actor = SETUP, at: datetime) -> Edition:
    """The next edition that has no theme gets it. Raises Refused if there is none, or it was not let through."""
    theme = db.get_one(Theme, theme_id, with_for_update=True)
    if theme.planned_for is not None and (planned := db.get(Edition, theme.planned_for)) is not None:
        return planned
    if theme.verdict is not Verdict.APPROVED:
        raise Refused("Let the theme through first.")
    series = db.exec(select(Series).where(Series.pattern_id == theme.event_id)).one()
    free = select(Edition).where(
        Edition.series_id == series.id, Edition.starts_at > at, col(Edition.called_off).is_(False), Edition.theme == ""
    )
    edition = db.exec(free.order_by(col(Edition.starts_at)).limit(1)).first()
    if edition is None:
        raise Refused("Every edition that is planned has a theme already.")
    theme.planned_for = edition.event_id
    return name_edition(db, edition.event_id, theme.text, by=by, at=at)


def _theme_vote(db: Session, theme_id: int, device: str) -> ThemeVote | None:
    return db.exec(select(ThemeVote).where(ThemeVote.theme_id == theme_id, ThemeVote.device == device)).first()


def _count_theme(db: Session, theme: Theme, *, at: datetime) -> None:
    db.flush()
    theme.votes = db.exec(select(func.count()).where(ThemeVote.theme_id == theme.id)).one()
    publish(db, theme.event_id, Subject.THEME, theme.id, at=at)

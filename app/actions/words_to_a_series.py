"""What phones have said to a series: answers to its survey, themes and votes, that they come to a meet; taken away."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.meet_photos import take_photo_back
from app.actions.meets import stay_away
from app.actions.post_removal import blank_decisions
from app.domain.meet import Guest, MeetPhoto
from app.domain.subject import Subject
from app.domain.survey import SurveyAnswer, Theme, ThemeVote
from app.queries.surveys import series_asking


def forget_words_to_series(db: Session, event_id: int, device: str, *, at: datetime) -> int:
    """What one phone has said to the series of an Event and wished for. Gives how many rows are gone."""
    asking = series_asking(db, event_id)
    answers = db.exec(select(SurveyAnswer).where(SurveyAnswer.event_id == asking, SurveyAnswer.device == device)).all()
    themes = db.exec(select(Theme).where(Theme.event_id == asking, Theme.device == device)).all()
    votes = db.exec(select(ThemeVote).where(ThemeVote.event_id == asking, ThemeVote.device == device)).all()
    guests = db.exec(select(Guest).where(Guest.event_id == event_id, Guest.device == device)).all()
    photos = db.exec(select(MeetPhoto.id).where(MeetPhoto.event_id == event_id, MeetPhoto.device == device)).all()
    return _forget(db, asking, answers, themes, votes, at=at) + _forget_meet(db, guests, photos, at=at)


def forget_all_words_to_series(db: Session, event_id: int, *, at: datetime) -> int:
    """What everybody has said to it, where the Event is what all editions are made after."""
    answers = db.exec(select(SurveyAnswer).where(SurveyAnswer.event_id == event_id)).all()
    themes = db.exec(select(Theme).where(Theme.event_id == event_id)).all()
    guests = db.exec(select(Guest).where(Guest.event_id == event_id)).all()
    photos = db.exec(select(MeetPhoto.id).where(MeetPhoto.event_id == event_id)).all()
    return _forget(db, event_id, answers, themes, (), at=at) + _forget_meet(db, guests, photos, at=at)


def _forget_meet(db: Session, guests: Sequence[Guest], photos: Sequence[int], *, at: datetime) -> int:
    for guest in guests:
        stay_away(db, guest.id, at=at)
    for photo_id in photos:
        take_photo_back(db, photo_id, at=at)
    return len(guests) + len(photos)


def _forget(
    db: Session,
    asking: int,
    answers: Sequence[SurveyAnswer],
    themes: Sequence[Theme],
    votes: Sequence[ThemeVote],
    *,
    at: datetime,
) -> int:
    """With a theme its votes go, whosesoever they are."""
    ids = sorted(theme.id for theme in themes)
    gone = {vote.id: vote for vote in votes}
    gone |= {vote.id: vote for vote in db.exec(select(ThemeVote).where(col(ThemeVote.theme_id).in_(ids)))}
    for vote in gone.values():
        db.get_one(Theme, vote.theme_id).votes -= 1
        db.delete(vote)
    concerned = sorted({*ids, *(vote.theme_id for vote in gone.values())})
    surveys = sorted({answer.survey_id for answer in answers})
    blank_decisions(db, asking, (Subject.SURVEY_WORDS,), [answer.id for answer in answers])
    blank_decisions(db, asking, (Subject.THEME,), ids)
    db.flush()
    for row in (*answers, *themes):
        db.delete(row)
    db.flush()
    for survey_id in surveys:
        publish(db, asking, Subject.SURVEY, survey_id, at=at)
    for theme_id in concerned:
        publish(db, asking, Subject.THEME, theme_id, at=at)
    return len(gone) + len(answers) + len(themes)

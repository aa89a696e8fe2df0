"""A series in the matrix of roles: its editions come whenever the tests run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from app.actions.answers import file_answer
from app.actions.editions import call_off_edition
from app.actions.meet_photos import bring_photo
from app.actions.meets import come
from app.actions.prompts import release_prompt, write_prompt
from app.actions.resources import mark_resource
from app.actions.series import pause_series
from app.actions.stars import star_post
from app.actions.surveys import answer_survey, ask_survey
from app.actions.themes import judge_theme, suggest_theme
from app.domain.decision import Actor
from app.domain.event import Event, EventKind
from app.domain.meet import GuestWords
from app.domain.prompt import PromptKind
from app.domain.resource import Mark, key_of
from app.domain.series import Series
from app.domain.verdict import Verdict
from tests.shared_links import share
from tests.weekly import TUESDAYS, editions, weekly


def series_like(do: Callable[..., Any], event_id: int, slug: str, answered: int, by: Actor) -> dict[str, int | str]:
    """A series with an event as its pattern, prompts at that event, and numbers of what is in it."""
    now = datetime.now(UTC)
    series = do(weekly, slug=slug, described=replace(TUESDAYS, first_on=(now + timedelta(days=2)).date()), at=now)
    do(is_pattern_of, series.id, event_id, at=now)
    far = series.first_on + timedelta(days=400)
    pause = do(pause_series, series.id, first_on=far, last_on=far, at=now)
    first, second = do(lambda db, at: [one.event.id for one in editions(db, series.id)][:2], at=now)
    do(call_off_edition, second, at=now)
    written = [do(write_prompt, event_id, kind=kind, text=f"A {kind}", minute=5, by=by, at=now) for kind in PromptKind]
    do(release_prompt, written[0].id, by=by, at=now)
    do(file_answer, answered, written[0].id, by=by, at=now)
    do(share, event_id, "https://hips.example/", "shares", at=now)
    shared = key_of("https://hips.example/")
    do(mark_resource, event_id, shared, Mark.PINNED, by=by, at=now)
    do(star_post, answered, by=by, at=now)
    asked = {"days": ["1", "2"], "times": ["12:00", "20:00"], "every": ["week"], "public": True}
    survey = do(ask_survey, series.id, **asked, by=by, at=now)
    ticked = {"days": ["1"], "times": ["12:00"], "every": ["week"], "words": "Rather after lunch"}
    wish = do(answer_survey, survey.id, "somebody", **ticked, at=now)
    theme = do(suggest_theme, series.id, "somebody", "Cake", at=now)
    do(judge_theme, theme.id, Verdict.APPROVED, seen=theme.seen, by=by, at=now)
    photo = do(bring_photo, event_id, "somebody", "image/png", b"-", "Cake", at=now)
    guest = do(come, event_id, "somebody", GuestWords("Kai", shown=True), at=now).guest
    prompts = {"put_prompt": written[0].id, "prompt": written[2].id, "answered": answered}
    return prompts | {
        "shared": shared,
        "starred": answered,
        "wish": wish.id,
        "theme": theme.id,
        "photo": photo.id,
        "guest": guest.id,
        **{f"{name}_seen": one.seen for name, one in (("wish", wish), ("photo", photo), ("guest", guest))},
        "series": series.id,
        "pause": pause.id,
        "edition": first,
        "moved": second,
    }


def is_pattern_of(db: Session, series_id: int, event_id: int, *, at: datetime) -> None:
    db.get_one(Series, series_id).pattern_id = event_id
    db.get_one(Event, event_id).kind = EventKind.MEET

"""The job that lets the programme run the walls: once, whichever process looks first, and first thing after a start."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from app.actions.programme_scenes import let_programme_run
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.subject import Subject
from app.jobs.programme_scenes import FROM_BEFORE, run_all_walls
from tests.views.site import Site, site

__all__ = ["site"]


def test_a_change_is_made_once_by_whichever_process_looks_and_also_after_a_stand_still(site: Site) -> None:
    talk, now = site.talk, site.context.now()
    site.do(let_programme_run, site.event.id, runs=True, quiet_talks=True, question_minutes=10, at=now)

    def look(minutes: float, times: int) -> list[str]:
        at = talk.ends_at + timedelta(minutes=minutes)
        for _ in range(times):
            context = replace(site.context, now=lambda: at)
            assert site.client.portal is not None
            site.client.portal.call(run_all_walls, context, at - FROM_BEFORE)
        due = select(Decision.after).where(Decision.subject == Subject.DUE).order_by(col(Decision.id))
        return list(site.ask(lambda db: list(db.exec(due))))

    assert look(-30, times=2) == ["join"]
    assert look(-10, times=2) == ["join", "questions"]
    # The talk ends between two looks; a server that stood still for hours has what is due now.
    assert look(0.01, times=2) == ["join", "questions", "feed"]
    assert site.ask(lambda db: db.get_one(Event, site.event.id)).current_talk_id is None
    assert look(600, times=1) == ["join", "questions", "feed", "holding"]

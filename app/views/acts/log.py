"""Undoing an entry of the log, and taking all about some posts out of the program."""

import asyncio

from app.actions.incidents import take_incident
from app.domain.decision import Actor, Decision
from app.domain.event import Event, Role
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.files.incident import incident_pack
from app.queries.decisions import WITHOUT_STATE
from app.views.context import Context
from app.views.incident_page import incident_page


def role_to_undo(decision: Decision) -> Role:
    """The rules are the organiser's; all else is the desk's."""
    return Role.OWNER if decision.subject == Subject.POLICY else Role.MODERATOR


def cannot_undo(decision: Decision) -> str:
    if decision.subject in WITHOUT_STATE:
        return Sentence("This changed nothing that could be undone.")
    return Sentence("It was taken back or decided otherwise since; nothing was changed.")


async def packed(context: Context, event: Event, post_ids: list[int], author_id: int, by: Actor) -> bytes | None:
    """An incident as a ZIP; None if there are no such posts."""
    taken = await context.backchannel.do(take_incident, event.id, post_ids, author_id, by=by, at=context.now())
    return None if taken is None else await asyncio.to_thread(lambda: incident_pack(taken, incident_page(taken)))

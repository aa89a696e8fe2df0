"""Undoing: the last that somebody did, a state that something is in, an entry of the log; who may, and why not."""

from app.actions.undo import undo_in_force, undo_last, undo_on, undo_picked
from app.domain.access import Role
from app.domain.decision import Actor, Decision
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.decisions import WITHOUT_STATE
from app.views.context import Context


async def undo_newest(context: Context, event_id: int, *, by: Actor, anyones: bool = False) -> Decision | None:
    """The last thing that somebody did, or with `anyones` that anybody did; None if there is nothing."""
    return await context.backchannel.do(undo_last, event_id, by=by, at=context.now(), whosoever=anyones)


async def take_back(
    context: Context, event_id: int, subject: Subject, subject_id: int, after: str, *, by: Actor
) -> Decision | None:
    """The decision that brought something into a state, if it still is in it."""
    return await context.backchannel.do(undo_on, event_id, subject, subject_id, after, by=by, at=context.now())


async def take_back_what_holds(
    context: Context, event_id: int, subject: Subject, subject_id: int, *, by: Actor
) -> Decision | None:
    """The decision that is in force, whatever it led to."""
    return await context.backchannel.do(undo_in_force, event_id, subject, subject_id, by=by, at=context.now())


async def undo_entry(context: Context, decision: Decision, *, by: Actor) -> bool:
    """A decision picked from the log, whoever took it. False if it was overruled since."""
    return await context.backchannel.do(undo_picked, decision.id, by=by, at=context.now())


def role_to_undo(decision: Decision) -> Role:
    """The rules are the organiser's; all else is the desk's."""
    return Role.OWNER if decision.subject == Subject.POLICY else Role.MODERATOR


def cannot_undo(decision: Decision) -> str:
    if decision.subject in WITHOUT_STATE:
        return Sentence("This changed nothing that could be undone.")
    return Sentence("It was taken back or decided otherwise since; nothing was changed.")

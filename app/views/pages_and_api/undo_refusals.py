"""Undoing an entry of the log: who may, and why it cannot be undone any more."""

from app.domain.access import Role
from app.domain.decision import Decision
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.decisions import WITHOUT_STATE


def role_to_undo(decision: Decision) -> Role:
    """The rules are the organiser's; all else is the desk's."""
    return Role.OWNER if decision.subject == Subject.POLICY else Role.MODERATOR


def cannot_undo(decision: Decision) -> str:
    if decision.subject in WITHOUT_STATE:
        return Sentence("This changed nothing that could be undone.")
    return Sentence("It was taken back or decided otherwise since; nothing was changed.")

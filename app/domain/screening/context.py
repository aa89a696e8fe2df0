"""What screening knows besides the post itself; read by the verb, so that the checks need no I/O."""

from dataclasses import dataclass

from app.domain.policy import Intake
from app.domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Recent:
    """What arrived here before (as `repeats.essence` has it), and the handle of whoever wrote it."""

    said: str
    author: str


@dataclass(frozen=True, slots=True)
class Context:
    """`approved_before` counts the author's approved posts here; `same_text` those with the same fingerprint.

    `recent` are the newest texts of the event, newest first; `questions` those that are open, by their id.
    """

    standing: Standing = Standing.OPEN
    intake: Intake = Intake.OPEN
    approved_before: int = 0
    same_text: int = 0
    same_text_by_author: int = 0
    rejected_before: int = 0
    posts_lately: int = 0
    """How many posts of the author arrived within the last minute."""
    recent: tuple[Recent, ...] = ()
    questions: tuple[tuple[int, str], ...] = ()
    speakers: tuple[str, ...] = ()
    """As the programme has them, a handle maybe beside the name: they may be named, and trusted by handle."""
    hashtags: tuple[str, ...] = ()
    """The event's own, without '#'."""

"""What screening knows besides the post itself; read by the verb, so that the checks need no I/O."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.author_standing import Standing
from app.domain.do_not_share import TalkSlot
from app.domain.policy import Intake


class Recent(NamedTuple):
    """What arrived here before (as `essence` has it), who wrote it, and what it is folded under."""

    said: str
    author: Hashable
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a post comes into: what is known of its author, what was said before, who speaks.

    `author` is who wrote it, as `recent` names authors. `approved_before` counts the author's approved posts here,
    `same_text` those with the same fingerprint. `recent` are the newest texts of the event, newest first; `questions`
    those that are open, by their id.
    """

    author: Hashable = ""
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
    event_name: str = ""
    slots: tuple[TalkSlot, ...] = ()
    """The programme, if a talk of it is not to be shared."""

"""What people are told who send or read: who looks at it, what kinds of links there are, how they took part."""

from app.domain.event import Event, EventKind, EventState
from app.domain.half_days import Half
from app.domain.policy import Intake, Mode, Policy
from app.domain.sentence import Sentence as _
from app.domain.source_marks import FLOOR

OVER = {EventState.CLOSED, EventState.ARCHIVED}

LETS_THROUGH = {
    "wait": _("A person looks at every post before it is shown."),
    "delay": _(
        "What gives no cause for doubt is shown after a while, unless a person stops it. All else waits for one."
    ),
    "trusted": _("Posts of people whom the organisers know may be shown at once. A person looks at all others first."),
    "only_trusted": _("Only posts of people whom the organisers know are shown."),
    "pass": _("What gives no cause for doubt is shown at once. All else waits for a person."),
}
"""By the mode of the rules."""

HALVES = {Half.MORNING: _("morning"), Half.AFTERNOON: _("afternoon")}
"""Of a day."""
MOMENTS = {
    "lunch": _("at lunch"),
    "evening": _("in the evening"),
    "end": _("at the end"),
}
"""When what was missed is sent by e-mail."""
KINDS = {
    "paper": _("paper"),
    "guide": _("guide"),
    "video": _("video"),
    "tool": _("tool"),
    "event": _("date"),
    "other": _("other"),
}
"""Kinds of resources, each as it stands beside one."""
TAKEN_PART = {
    EventKind.CONFERENCE: _("Conference, with its conversation online"),
    EventKind.CHAT: _("Chat online, with questions put by a host"),
    EventKind.MEET: _("Meeting of peers, at one place"),
}
"""How somebody has learned, as their professional body asks."""


def all_wait(event: Event) -> bool:
    """Whether nothing that a phone sends is shown before somebody has read it."""
    return Policy.from_json(event.policy).mode_for(FLOOR.key) is Mode.WAIT or event.intake is Intake.HOLD_ALL


def a_person_looks(event: Event) -> bool:
    """Whether every word that a phone says waits for a person; else what gives no cause for doubt is shown at once."""
    passes = Policy.from_json(event.policy).mode_for(FLOOR.key) is Mode.PASS
    return not passes or event.intake is not Intake.OPEN or event.has_reader

"""What people are told who send or read: who looks at it, what kinds of links there are, how they took part."""

from app.domain.event import EventKind
from app.domain.half_days import Half
from app.domain.sentence import Sentence as _

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

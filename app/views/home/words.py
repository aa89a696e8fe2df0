"""What the front page calls things."""

from app.domain.sentence import Sentence as _

KINDS = {
    "conference": _("Conference"),
    "chat": _("Weekly chat"),
    "meet": _("Meet"),
}
SECTIONS = {
    "now": _("Now"),
    "coming": _("Coming"),
    "past": _("Past"),
    "archived": _("Archived"),
}
STATES = {
    "prepared": _("not open yet"),
    "open": _("open"),
    "closed": _("closed"),
    "archived": _("archived"),
}

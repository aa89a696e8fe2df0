"""What we call what screens may show."""

from app.domain.sentence import Sentence as _

SCREEN_KINDS = {
    "everything": _("everything"),
    "questions": _("questions, programme and news, no posts"),
    "overflow": _("always what the wall of its room shows"),
    "overlay": _("over a film: question, posts and code"),
    "lower_third": _("over a film: the question on stage"),
    "ticker": _("over a film: one post after another"),
    "join_badge": _("over a film: the code to join"),
}
OWN_SCENES = ("feed", "feed:one", "questions", "now_and_next", "join", "sponsors", "holding")
"""Those that a screen may have for itself."""

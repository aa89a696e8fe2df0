"""What we call the scenes of a wall, as they are kept; a post or a time may follow after a colon."""

from app.domain.sentence import Sentence as _

SCENES = {
    "programme": _("by the programme"),
    "feed": _("posts"),
    "feed:one": _("posts, one at a time"),
    "spotlight": _("one post in the spotlight"),
    "question": _("the question on stage"),
    "questions": _("the five top questions"),
    "now_and_next": _("now and next"),
    "announcement": _("an announcement"),
    "sponsors": _("sponsors"),
    "countdown": _("a countdown"),
    "join": _("how to join"),
    "holding": _("the holding slide"),
}

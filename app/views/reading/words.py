"""What people are told who send something: who looks at it before it is shown."""

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

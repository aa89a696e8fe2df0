"""Why a verdict on a post does not count, or not yet."""

from app.actions.second_person import Agreed
from app.actions.verdicts import Settled
from app.domain.decision import EDITED
from app.domain.sentence import Sentence
from app.domain.verdict import Verdict
from app.views import words

NO_DELAY = Sentence("It does not show itself: it waits, or was decided.")


def why_not(settled: Settled) -> str:
    """Why a verdict does not count, or not yet."""
    post, other = settled.post, settled.other
    if settled.agreed is Agreed.FIRST:
        return Sentence("You agree. It has personal data, so a second person must agree before it is shown.")
    if settled.agreed is Agreed.TWICE:
        return Sentence("You have agreed already. Somebody else must agree before it is shown.")
    if post.withdrawn_at is not None:
        return Sentence("Its author has taken this post away.")
    if other is not None and other.reason == EDITED:
        return Sentence("Its author has just edited this post. Look again.")
    if post.verdict is Verdict.HELD and (other is None or other.machine):
        return Sentence("The name or the quote on this post has just changed. Look again.")
    who = other.by if other is not None else Sentence("Somebody")
    return Sentence("%(name)s was quicker: this post is %(verdict)s.", name=who, verdict=words.VERDICTS[post.verdict])

"""Pictures from a talk whose speakers ask that nothing of it is passed on."""

from collections.abc import Iterator

from app.domain.do_not_share import may_be_seen
from app.domain.policy import Policy
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy
    post = read.post
    if not surroundings.slots or not (post.photos or (post.quote and post.quote.photos)):
        return
    talk = may_be_seen(surroundings.slots, post.posted_at, post.asks_room_id)
    if talk is not None:
        said = Sentence("It has a picture and came during “%(talk)s”, which is not to be shared.", talk=talk.title)
        yield Signal("do-not-share", "shape", Level.HOLD, said)

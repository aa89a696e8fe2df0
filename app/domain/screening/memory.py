"""What an event remembers when a post comes: who wrote what, and how often.

It is one for a post that arrives, one that is screened again, rules that are tried and the lines of a file: they differ
only in what they fill it from. Authors are named by whatever stands for them there.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.author_standing import Standing
from app.domain.do_not_share import TalkSlot
from app.domain.policy import Intake
from app.domain.screening.checks.repeats import NEAR, copies
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Recent, Surroundings
from app.domain.verdict import Ruling, Verdict

POSTS_REMEMBERED = 200
"""So many of the newest posts are looked through for near copies; exact ones are found however old they are."""
A_MINUTE = timedelta(minutes=1)


def _newest() -> deque[Recent]:
    return deque(maxlen=POSTS_REMEMBERED)


@dataclass
class Memory:
    """`lately` is when an author's posts arrived, `clusters` what posts of a fingerprint are folded under."""

    intake: Intake = Intake.OPEN
    speakers: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    event_name: str = ""
    slots: tuple[TalkSlot, ...] = ()
    questions: tuple[tuple[int, str], ...] = ()
    approved: Counter[Hashable] = field(default_factory=Counter)
    rejected: Counter[Hashable] = field(default_factory=Counter)
    lately: defaultdict[Hashable, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    said: Counter[str] = field(default_factory=Counter)
    said_by: Counter[tuple[str, Hashable]] = field(default_factory=Counter)
    clusters: dict[str, str] = field(default_factory=dict)
    newest: deque[Recent] = field(default_factory=_newest)

    def surroundings(
        self, author: Hashable, read: Reading, *, at: datetime | None, standing: Standing = Standing.OPEN
    ) -> Surroundings:
        """What a post comes into. Without a time nobody is in a hurry."""
        same = self.said[read.fingerprint]
        return Surroundings(
            author=author,
            standing=standing,
            intake=self.intake,
            approved_before=self.approved[author],
            rejected_before=self.rejected[author],
            posts_lately=sum(then > at - A_MINUTE for then in self.lately[author]) if at else 0,
            same_text=same,
            same_text_by_author=self.said_by[read.fingerprint, author],
            # Who repeats a text exactly is known by its mark; then near copies need not be looked for.
            recent=() if same else tuple(self.newest),
            questions=self.questions,
            speakers=self.speakers,
            hashtags=self.hashtags,
            event_name=self.event_name,
            slots=self.slots,
        )

    def cluster(self, read: Reading, ruling: Ruling) -> str:
        """What a post is folded under: itself, or what says the same already."""
        mark = read.fingerprint
        if not mark or mark in self.clusters:
            return self.clusters.get(mark, "")
        if NEAR.isdisjoint(signal.code for signal in ruling.signals):
            return mark
        alike = copies(read.essence, [past.said for past in self.newest])
        return next((cluster for place in alike if (cluster := self.newest[place].cluster)), mark)

    def remember(
        self,
        recent: Recent,
        mark: str,
        verdict: Verdict,
        *,
        at: datetime | None,
        by_people: bool = False,
    ) -> None:
        """A post is there: those after it know it. What the machine hid does not count against its author."""
        author = recent.author
        self.approved[author] += verdict is Verdict.APPROVED
        self.rejected[author] += verdict is Verdict.REJECTED and by_people
        if at is not None:
            self.lately[author].append(at)
        if mark:
            self.said[mark] += 1
            self.said_by[mark, author] += 1
            self.clusters.setdefault(mark, recent.cluster)
        self.newest.appendleft(recent)

"""What screening must know besides a post itself: its author's record here, and who said the same before."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from app.domain.incoming import Incoming
from app.domain.post import Author, Post
from app.domain.screening.context import Context
from app.domain.screening.repeats import fingerprint
from app.domain.verdict import Verdict

ALIKE = 500
"""Authors of one text that are counted; more says no more."""


@dataclass(slots=True)
class Surroundings:
    """What is known at an Event about the authors and the texts of some posts; grows with each that is stored."""

    approved: Counter[int] = field(default_factory=Counter)
    same: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def of(
        cls, db: Session, event_id: int, authors: Iterable[Author], some: Iterable[Incoming], *, without: int = 0
    ) -> "Surroundings":
        """Read once for all of them; `without` leaves out the post that is edited."""
        known = cls()
        ids = {author.id for author in authors}
        approved = (
            select(Post.author_id, func.count())
            .where(col(Post.author_id).in_(ids), Post.verdict == Verdict.APPROVED, col(Post.id) != without)
            .group_by(col(Post.author_id))
        )
        known.approved.update(dict(db.exec(approved).all()))
        marks = {mark for one in some if (mark := fingerprint(one.text))}
        same = select(Post.fingerprint, Post.author_id, func.count()).where(
            Post.event_id == event_id, col(Post.fingerprint).in_(marks), col(Post.id) != without
        )
        for mark, author_id, times in db.exec(same.group_by(col(Post.fingerprint), col(Post.author_id)).limit(ALIKE)):
            known.same[mark][author_id] = times
        return known

    def context(self, author: Author, incoming: Incoming) -> Context:
        mark = fingerprint(incoming.text)
        alike = self.same[mark] if mark else Counter[int]()
        return Context(
            standing=author.standing,
            approved_before=self.approved[author.id],
            same_text=alike.total(),
            same_text_by_author=alike[author.id],
        )

    def add(self, author: Author, incoming: Incoming, verdict: Verdict) -> None:
        if mark := fingerprint(incoming.text):
            self.same[mark][author.id] += 1
        if verdict is Verdict.APPROVED:
            self.approved[author.id] += 1

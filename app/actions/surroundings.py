"""What screening must know besides the posts themselves: who wrote them, what was said before, who speaks.

Read once for all posts that are stored together, with bounds whatever the event has seen; each post that is stored is
then known to those after it.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sqlmodel import Session, case, col, desc, func, select

from app.domain.decision import SCREENING
from app.domain.event import Event, Talk
from app.domain.incoming import Incoming
from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState
from app.domain.screening.context import Context, Recent
from app.domain.screening.normal import views
from app.domain.screening.questions import is_for_the_speaker
from app.domain.screening.repeats import NEAR, copies, essence, fingerprint
from app.domain.screening.shape import LONGEST
from app.domain.verdict import Ruling, Verdict

ALIKE = 500
"""Authors of one text that are counted; more says no more."""
NEWEST = 200
QUESTIONS = 50
TALKS = 500


@dataclass
class Surroundings:
    db: Session
    event: Event
    without: int = 0
    """The post that is edited; 0 for none."""
    approved: Counter[int] = field(default_factory=Counter)
    rejected: Counter[int] = field(default_factory=Counter)
    same: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    folds: dict[str, str] = field(default_factory=dict)
    """What posts of a fingerprint are folded under."""

    @classmethod
    def of(
        cls, db: Session, event: Event, authors: Iterable[Author], some: Iterable[Incoming], *, without: int = 0
    ) -> "Surroundings":
        """Read what concerns these authors and texts."""
        known = cls(db, event, without)
        known._read_records({author.id for author in authors})
        known._read_same({mark for one in some if (mark := fingerprint(one.text))})
        return known

    def context(self, author: Author, incoming: Incoming) -> Context:
        mark = fingerprint(incoming.text)
        alike = self.same[mark] if mark else Counter[int]()
        read = views(incoming.text[:LONGEST])
        return Context(
            standing=author.standing,
            intake=self.event.intake,
            approved_before=self.approved[author.id],
            rejected_before=self.rejected[author.id],
            same_text=alike.total(),
            same_text_by_author=alike[author.id],
            # Who repeats a text exactly is known by its mark; then near copies need not be looked for.
            recent=() if alike else self._recent_for(author, incoming),
            questions=self._questions if is_for_the_speaker(read.folded.text) else (),
            speakers=self._speakers,
            hashtags=self._hashtags,
        )

    def fold(self, incoming: Incoming, ruling: Ruling) -> str:
        """What a post is folded under: itself, or what says the same already."""
        mark = fingerprint(incoming.text)
        if not mark or mark in self.folds:
            return self.folds.get(mark, "")
        if NEAR.isdisjoint(signal.code for signal in ruling.signals):
            return mark
        alike = copies(incoming.text, [said for said, _, _ in self._newest])
        return next((fold for place in alike if (fold := self._newest[place][2])), mark)

    def add(self, author: Author, incoming: Incoming, verdict: Verdict, fold: str) -> None:
        """A post was stored: those after it know it."""
        if mark := fingerprint(incoming.text):
            self.same[mark][author.id] += 1
            self.folds[mark] = fold
        if verdict is Verdict.APPROVED:
            self.approved[author.id] += 1
        self._newest.appendleft((essence(incoming.text), author.id, fold))

    def _recent_for(self, author: Author, incoming: Incoming) -> tuple[Recent, ...]:
        mine = incoming.byline.handle
        return tuple(Recent(said, mine if by == author.id else f"author {by}") for said, by, _ in self._newest)

    def _read_records(self, author_ids: set[int]) -> None:
        """How many of their posts people approved and rejected here. What the machine hid does not count."""
        by_people = (col(Post.verdict) == Verdict.REJECTED) & (col(Post.decided_by) != SCREENING)
        query = (
            select(
                Post.author_id,
                func.sum(case((col(Post.verdict) == Verdict.APPROVED, 1), else_=0)),
                func.sum(case((by_people, 1), else_=0)),
            )
            .where(col(Post.author_id).in_(author_ids), col(Post.id) != self.without)
            .group_by(col(Post.author_id))
        )
        for author_id, approved, rejected in self.db.exec(query):
            self.approved[author_id], self.rejected[author_id] = int(approved or 0), int(rejected or 0)

    def _read_same(self, marks: set[str]) -> None:
        same = (
            select(Post.fingerprint, Post.author_id, func.count(), func.max(Post.fold))
            .where(Post.event_id == self.event.id, col(Post.fingerprint).in_(marks), col(Post.id) != self.without)
            .group_by(col(Post.fingerprint), col(Post.author_id))
            .limit(ALIKE)
        )
        for mark, author_id, times, fold in self.db.exec(same):
            self.same[mark][author_id] = times
            self.folds[mark] = fold or mark

    @cached_property
    def _newest(self) -> deque[tuple[str, int, str]]:
        """What arrived before, newest first, by whom, and what it is folded under."""
        newest = (
            select(Post.text, Post.author_id, Post.fold)
            .where(Post.event_id == self.event.id, col(Post.id) != self.without)
            .order_by(desc(col(Post.id)))
            .limit(NEWEST)
        )
        return deque(((essence(text), author_id, fold) for text, author_id, fold in self.db.exec(newest)), NEWEST)

    @cached_property
    def _questions(self) -> tuple[tuple[int, str], ...]:
        asked = (
            select(Question.id, Post.text)
            .join(Post, col(Post.id) == Question.post_id)
            .where(Question.event_id == self.event.id, Question.state == QuestionState.OPEN)
            .order_by(desc(col(Question.id)))
            .limit(QUESTIONS)
        )
        return tuple((question_id, text) for question_id, text in self.db.exec(asked))

    @cached_property
    def _speakers(self) -> tuple[str, ...]:
        talks = self.db.exec(select(Talk.speakers).where(Talk.event_id == self.event.id).limit(TALKS))
        return tuple(dict.fromkeys(name for names in talks for name in names))

    @cached_property
    def _hashtags(self) -> tuple[str, ...]:
        return tuple(tag.removeprefix("#") for tag in self.event.hashtags)

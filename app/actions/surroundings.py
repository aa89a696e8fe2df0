"""What screening must know besides the posts themselves: who wrote them, what was said before, who speaks.

Read once for all posts that are stored together, with bounds whatever the event has seen; each post that is stored is
then known to those after it.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from sqlalchemy import union_all
from sqlmodel import Session, case, col, desc, func, select

from app.domain.decision import SCREENING
from app.domain.event import Event, Talk
from app.domain.incoming import Incoming
from app.domain.post import Author, Post, Repost
from app.domain.question import Question, QuestionState
from app.domain.screening.checks.questions import is_for_the_speaker
from app.domain.screening.checks.repeats import NEAR, copies, essence, fingerprint
from app.domain.screening.checks.shape import LETTERS_READ
from app.domain.screening.context import Context, Recent
from app.domain.screening.reading.normal import views
from app.domain.verdict import Ruling, Verdict

MAX_AUTHORS_ALIKE = 500
"""Authors of one text that are counted; more says no more."""
A_MINUTE = timedelta(minutes=1)
MAX_LATE_POSTS = 2000
POSTS_REMEMBERED = 200
MAX_QUESTIONS = 50
MAX_TALKS = 500


@dataclass
class Surroundings:
    db: Session
    event: Event
    without: int = 0
    """The post that is edited; 0 for none."""
    approved: Counter[int] = field(default_factory=Counter)
    rejected: Counter[int] = field(default_factory=Counter)
    lately: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """When posts of an author arrived within the last minute."""
    same: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    clusters: dict[str, str] = field(default_factory=dict)
    """What posts of a fingerprint are folded under."""

    @classmethod
    def of(
        cls,
        db: Session,
        event: Event,
        authors: Iterable[Author],
        some: Iterable[Incoming],
        *,
        at: datetime,
        without: int = 0,
    ) -> "Surroundings":
        """Read what concerns these authors and texts, of which the first arrived at `at`."""
        known = cls(db, event, without)
        ids = {author.id for author in authors}
        known._read_records(ids)
        known._read_lately(ids, at)
        known._read_same({mark for one in some if (mark := fingerprint(one.text))})
        return known

    def context(self, author: Author, incoming: Incoming, *, at: datetime) -> Context:
        mark = fingerprint(incoming.text)
        alike = self.same[mark] if mark else Counter[int]()
        read = views(incoming.text[:LETTERS_READ])
        return Context(
            standing=author.standing,
            intake=self.event.intake,
            approved_before=self.approved[author.id],
            rejected_before=self.rejected[author.id],
            posts_lately=sum(then > at - A_MINUTE for then in self.lately[author.id]),
            same_text=alike.total(),
            same_text_by_author=alike[author.id],
            # Who repeats a text exactly is known by its mark; then near copies need not be looked for.
            recent=() if alike else self._recent_for(author.id, incoming),
            questions=self._questions if is_for_the_speaker(read.folded.text) else (),
            speakers=self._speakers,
            hashtags=self._hashtags,
        )

    def cluster(self, incoming: Incoming, ruling: Ruling) -> str:
        """What a post is folded under: itself, or what says the same already."""
        mark = fingerprint(incoming.text)
        if not mark or mark in self.clusters:
            return self.clusters.get(mark, "")
        if NEAR.isdisjoint(signal.code for signal in ruling.signals):
            return mark
        alike = copies(incoming.text, [past.said for past, _, _ in self._newest])
        return next((cluster for place in alike if (cluster := self._newest[place][2])), mark)

    def add(self, author: Author, incoming: Incoming, verdict: Verdict, cluster: str, *, at: datetime) -> None:
        """A post was stored: those after it know it."""
        self.lately[author.id].append(at)
        if mark := fingerprint(incoming.text):
            self.same[mark][author.id] += 1
            self.clusters[mark] = cluster
        if verdict is Verdict.APPROVED:
            self.approved[author.id] += 1
        self._newest.appendleft((_said(incoming.text, author.id), author.id, cluster))

    def _recent_for(self, author_id: int, incoming: Incoming) -> tuple[Recent, ...]:
        mine = incoming.byline.handle
        return tuple([Recent(past.said, mine) if by == author_id else past for past, by, _ in self._newest])

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

    def _read_lately(self, author_ids: set[int], at: datetime) -> None:
        """What arrived in the minute before `at`; for an edit, before the post did: it is no post of its own."""
        query = (
            select(Post.author_id, Post.received_at)
            .where(col(Post.author_id).in_(author_ids), Post.received_at > at - A_MINUTE)
            .order_by(desc(col(Post.received_at)))
            .limit(MAX_LATE_POSTS)
        )
        if self.without:
            query = query.where(col(Post.id) < self.without)
        for author_id, then in self.db.exec(query):
            self.lately[author_id].append(then)

    def _read_same(self, marks: set[str]) -> None:
        same = (
            select(Post.fingerprint, Post.author_id, func.count(), func.max(Post.cluster))
            # The sum keeps SQLite from looking through all posts of the event instead of the few with these marks.
            .where(
                col(Post.event_id) + 0 == self.event.id,
                col(Post.fingerprint).in_(marks),
                col(Post.id) != self.without,
            )
            .group_by(col(Post.fingerprint), col(Post.author_id))
            .limit(MAX_AUTHORS_ALIKE)
        )
        for mark, author_id, times, cluster in self.db.exec(same):
            self.same[mark][author_id] = times
            self.clusters[mark] = cluster or mark

    @cached_property
    def _newest(self) -> deque[tuple[Recent, int, str]]:
        """What arrived before, newest first, by whom, and its cluster. By verdict, as there is an index of these."""
        each = [
            select(Post.id, Post.text, Post.author_id, Post.cluster)
            .where(Post.event_id == self.event.id, Post.verdict == verdict, col(Post.id) != self.without)
            .order_by(desc(col(Post.id)))
            .limit(POSTS_REMEMBERED)
            .subquery()
            .select()
            for verdict in Verdict
        ]
        newest = union_all(*each).order_by(desc("id")).limit(POSTS_REMEMBERED)
        found = self.db.execute(newest)
        return deque(
            ((_said(text, author_id), author_id, cluster) for _, text, author_id, cluster in found), POSTS_REMEMBERED
        )

    @cached_property
    def _questions(self) -> tuple[tuple[int, str], ...]:
        asked = (
            select(Question.id, Post.text)
            .join(Post, col(Post.id) == Question.post_id)
            .where(Question.event_id == self.event.id, Question.state == QuestionState.OPEN)
            .order_by(desc(col(Question.id)))
            .limit(MAX_QUESTIONS)
        )
        return tuple((question_id, text) for question_id, text in self.db.exec(asked))

    @cached_property
    def _speakers(self) -> tuple[str, ...]:
        talks = self.db.exec(select(Talk.speakers).where(Talk.event_id == self.event.id).limit(MAX_TALKS))
        return tuple(dict.fromkeys(name for names in talks for name in names))

    @cached_property
    def _hashtags(self) -> tuple[str, ...]:
        return tuple(tag.removeprefix("#") for tag in self.event.hashtags)


@lru_cache(maxsize=2048)
def _said(text: str, author_id: int) -> Recent:
    return Recent(essence(text), f"author {author_id}")


def own_talks(db: Session, event_id: int, some: Iterable[Incoming]) -> set[int]:
    """Those of the Talks asked for that are the Event's."""
    wanted = {one.asks_talk_id for one in some if one.asks_talk_id is not None}
    if not wanted:
        return set()
    return set(db.exec(select(Talk.id).where(Talk.event_id == event_id, col(Talk.id).in_(wanted))))


def reposts_before(db: Session, event_id: int, some: Iterable[Incoming]) -> dict[tuple[str, str], int]:
    """How often posts were passed on before they arrived themselves."""
    keys = {(one.source, one.ref) for one in some}
    refs = {ref for _, ref in keys}
    earlier = (
        select(Repost.source, Repost.of_ref, func.count())
        .where(col(Repost.event_id) + 0 == event_id, col(Repost.of_ref).in_(refs))  # by the index of `of_ref`
        .group_by(col(Repost.source), col(Repost.of_ref))
    )
    return {(source, ref): times for source, ref, times in db.exec(earlier) if (source, ref) in keys}

"""The law of what is shown: at every moment, each text, name, handle and picture on a screen was let through by a person
(or by the chosen mode) in exactly this form.

Random histories of everything that people, sources and look-ups do. An undo lets nothing through: it may only bring back
what was let through before.
"""

from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.policy import Mode
from app.domain.post import Post
from app.domain.scene import Scene
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.posts import Card, shown_cards
from app.queries.questions import on_stage_and_next, question_cards, questions_of_posts
from app.queries.scenes import on_wall
from tests.histories import Past
from tests.short_world import World, world
from tests.steps import TEXTS, step

__all__ = ["world"]

Form = tuple[str, ...]


def form_of(card: Card, *, quoted: bool = True) -> Form:
    """All that a screen shows of a post, letter by letter."""
    post, by = card.post, card.author
    quote = post.quote if quoted and post.quote and post.quote["available"] else None
    shown = (post.text, post.segments, post.photos, quote, post.extras, post.reply_to)
    return tuple(map(repr, (*shown, by.name, by.handle, by.avatar, by.url, by.verified)))


class Watcher:
    """Notes in which form each post was let through, and holds the screens to it."""

    def __init__(self, past: Past) -> None:
        self.past, self.last = past, 0
        self.let_through: dict[int, set[Form]] = {}

    def look(self) -> None:
        cards, let_through, self.last = self.past._ask(self._now)
        for post_id in let_through & cards.keys():
            self.let_through.setdefault(post_id, set()).update(
                form_of(cards[post_id], quoted=quoted) for quoted in (True, False)
            )
        for post_id, card in cards.items():
            # What is withdrawn of a card, as the quote in it, may be missing.
            assert form_of(card) in self.let_through.get(post_id, set()), f"post {post_id}: {form_of(card)}"

    def _now(self, db: Session) -> tuple[dict[int, Card], set[int], int]:
        """Every card that a screen may show, which of them were let through since last time, the newest decision."""
        event_id = self.past.event_id
        shown = select(Post.id).where(Post.event_id == event_id, Post.verdict == Verdict.APPROVED)
        cards = shown_cards(db, db.exec(shown))
        for asked in question_cards(db, questions_of_posts(db, cards)).values():
            assert (asked.author, asked.post.text) == (cards[asked.post.id].author, cards[asked.post.id].post.text)
        self._hold_scene_to(db, db.get_one(Event, event_id), cards)
        new = select(Decision).where(Decision.event_id == event_id, col(Decision.id) > self.last)
        decisions = list(db.exec(new.order_by(col(Decision.id))))
        let_through = {
            one.subject_id
            for one in decisions
            if one.undoes_id is None
            and (one.subject, one.after) in {(Subject.POST, "approved"), (Subject.NAME, "new_name")}
        }
        return cards, let_through, decisions[-1].id if decisions else self.last

    @staticmethod
    def _hold_scene_to(db: Session, event: Event, cards: dict[int, Card]) -> None:
        """Whatever the scene of the walls: all that it shows of others is a card that may be shown, in its form."""
        on, staged = on_wall(db, event), on_stage_and_next(db, event)
        if on.card is not None:
            assert form_of(on.card) == form_of(cards[on.card.id])
        asked = (*on.questions, *((staged.card, staged.following) if staged else ()))
        for card in (one for one in asked if one is not None):
            assert (card.author, card.post.text) == (cards[card.post.id].author, cards[card.post.id].post.text)
        if on.scene is Scene.QUESTION:
            assert staged is not None


OTHER_WORDS = ("edit", 0, 3, "Words that nobody has seen yet")


@settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(history=st.lists(step, min_size=5, max_size=40))
@example(history=[("reject", 0, 0), OTHER_WORDS, ("undo", 0)])
@example(history=[("stash", 0, 0), OTHER_WORDS, ("stash", 0, 1), ("undo any", 1), ("undo verdict", 0, "stashed")])
@example(history=[("block", 0), OTHER_WORDS, ("undo", 0)])
@example(history=[("block", 0), OTHER_WORDS, ("unblock", 0)])
@example(history=[("hold", 0, 0), OTHER_WORDS, ("undo entry", 1, 1), ("undo entry", 0, 1)])
@example(
    history=[("question", 0), ("stage", 0), ("answered", 0), OTHER_WORDS, ("undo", 1), ("undo verdict", 0, "held")]
)
@example(history=[("hold", 0, 0), ("called", 6, 0, "Ann"), ("take name", 0, 0), ("approve", 0, 1), ("undo", 0)])
@example(
    history=[("arrive", 4, 1, "Fine"), ("called", 6, 1, "Ann"), ("take name", 4, 0), ("approve", 4, 1), ("undo", 0)]
)
@example(
    history=[("scene", Scene.SPOTLIGHT, 0), ("edit", 0, 3, TEXTS[5]), ("undo", 0), ("reject", 0, 0), ("undo any", 1)]
)
@example(history=[("question", 0), ("scene", Scene.QUESTIONS, 0), ("block", 0), ("undo", 0), ("hold", 0, 0)])
@example(history=[("reject", 0, 0), ("account", 0, "Wanker", "a_new_handle"), ("undo", 0)])
@example(history=[("called", 6, 0, "Ann"), ("take name", 0, 0), ("reject", 0, 1), ("undo entry", 1, 0), ("undo", 1)])
@example(history=[("mode", Mode.DELAY), ("sit", 0, 0), ("arrive", 4, 1, "Fine"), ("stop", 4, 0), ("edit", 4, 1, "Other words"),
                  ("undo", 0), ("keep desk", 0), ("keep desk", 60)])  # fmt: skip
@example(history=[("reader comes",), ("mode", Mode.PASS), ("arrive", 4, 1, "Fine"), ("finds", 4, "nothing", 0), ("edit", 4, 1, "Other words"),
                  ("finds", 4, "nothing", 1), ("finds", 4, "abuse", 0), ("undo any", 0), ("reader goes",), ("screen again",)])  # fmt: skip
def test_what_is_shown_was_let_through_in_exactly_this_form(world: World, history: list[tuple[Any, ...]]) -> None:
    event_id, _ = world.event()
    past = Past(world, event_id)
    watcher = Watcher(past)
    for number in range(4):
        past.happens("arrive", number, number % 3, f"{TEXTS[number]} ({number})")
        past.happens("approve", number, 0)
        watcher.look()
    for kind, *rest in history:
        if kind in {"read", "reread"}:  # a page that somebody has open is told, and changes nothing
            continue
        past.happens(kind, *rest)
        watcher.look()

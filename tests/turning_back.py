"""What is turned back, and what a look-up finds changed, in the histories of the laws of the live screens."""

from collections.abc import Callable
from typing import Any

from app.actions.authors import follow_account
from app.actions.backstage import propose_end, say_seen, tell_stage
from app.actions.chair_marks import hold_for, star, unstar, write_note
from app.actions.links import give_link
from app.actions.merged_questions import merge_question
from app.actions.replies import write_reply
from app.actions.suggestions import suggest_words
from app.actions.undo import undo_last, undo_merge, undo_on, undo_picked
from app.actions.withdrawals import withdraw
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.incoming import Account, Byline, Withdrawal
from app.domain.subject import Subject
from app.queries.decisions import Sought, entries
from app.queries.posts import author_by_id, post_by_id
from tests.organiser import Organiser
from tests.short_world import START, World


class TurningBack(Organiser):
    """Posts and authors are named by number, moderators too."""

    def __init__(self, world: World, event_id: int) -> None:
        super().__init__(world, event_id)
        self.posts: dict[int, int] = {}
        self.authors: dict[int, int] = {}
        self.questions: dict[int, int] = {}
        self.words: list[int] = []
        links = [world.do(give_link, event_id, Role.MODERATOR, at=START, label=name) for name in ("Asha", "Ben")]
        self.actors = [Actor(link.access.label, link.access.id) for link in links]

    def _ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        asking = self.world.context.backchannel.ask
        return self.world.client.portal.call(lambda: asking(query, *args, **kwargs))  # type: ignore[union-attr]

    def _merge(self, number: int, other: int) -> None:
        ids = self.questions[number], self.questions[other]
        self.world.do(merge_question, *ids, by=self.actors[number % 2], at=self.at)

    def _part(self, number: int, other: int) -> None:
        self.world.do(undo_merge, self.questions[number], by=self.actors[other % 2], at=self.at)

    def _mark(self, number: int) -> None:
        self.world.do(star, self.questions[number], by=self.actors[number % 2], at=self.at)

    def _unmark(self, number: int) -> None:
        self.world.do(unstar, self.questions[number], by=self.actors[number % 2], at=self.at)

    def _note(self, number: int) -> None:
        self.world.do(write_note, self.questions[number], f"A <b>word</b> of {number}", by=self.actors[0], at=self.at)

    def _keep_for(self, number: int) -> None:
        self.world.do(hold_for, self.questions[number], f"Dr <i>{number}</i>", by=self.actors[0], at=self.at)

    def _keep_for_none(self, number: int) -> None:
        self.world.do(hold_for, self.questions[number], "", by=self.actors[1], at=self.at)

    def _propose(self, number: int) -> None:
        by, left = self.actors[number % 2], f"{number} <b>minutes</b>"
        word = self.world.do(propose_end, self.event_id, number + 1, left, room_id=None, by=by, at=self.at)
        self.words.append(word.id)

    def _tell(self, number: int) -> None:
        text, by = f"<b>{number}</b> minutes left", self.actors[number % 2]
        self.words.append(self.world.do(tell_stage, self.event_id, text, room_id=None, by=by, at=self.at).id)

    def _seen(self, number: int) -> None:
        word = dict(enumerate(self.words))[number]
        self.world.do(say_seen, self.event_id, word, by=self.actors[number % 2], at=self.at)

    def _suggest(self, number: int) -> None:
        self.world.do(suggest_words, self.posts[number], "<i>Slides</i>?", by=self.actors[number % 2], at=self.at)

    def _reply(self, number: int, text: str) -> None:
        self.world.do(write_reply, self.questions[number], text, by=self.actors[number % 2], at=self.at)

    def _undo(self, who: int) -> None:
        self.world.do(undo_last, self.event_id, by=self.actors[who], at=self.at)

    def _undo_any(self, who: int) -> None:
        self.world.do(undo_last, self.event_id, by=self.actors[who], at=self.at, whosoever=True)

    def _undo_entry(self, back: int, who: int) -> None:
        found = self._ask(entries, self.event_id, Sought(), limit=back + 1)
        if found:
            self.world.do(undo_picked, found[-1].decision.id, by=self.actors[who], at=self.at)

    def _undo_verdict(self, number: int, after: str) -> None:
        by = self.actors[number % 2]
        self.world.do(undo_on, self.event_id, Subject.POST, self.posts[number], after, by=by, at=self.at)

    def _unblock(self, author: int) -> None:
        by = self.actors[author % 2]
        self.world.do(undo_on, self.event_id, Subject.AUTHOR, self.authors[author], "blocked", by=by, at=self.at)

    def _lose_quote(self, number: int) -> None:
        gone = Withdrawal("x", str(number), "what it quotes is gone", only_quote=True)
        self.world.do(withdraw, self.event_id, gone, at=self.at)

    def _account(self, number: int, name: str, handle: str) -> None:
        """A look-up tells what the account of a post is called now."""
        author = self._ask(post_by_id, self.posts[number])
        there = self._ask(author_by_id, author.author_id)
        told = Account("x", str(number), Byline(handle or there.handle, name, "https://pictures.example/c.png"))
        self.world.do(follow_account, self.event_id, told, at=self.at)

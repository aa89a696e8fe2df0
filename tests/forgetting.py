"""People are erased, and ask for things to be taken away, in the histories of the law of the live screens."""

from datetime import timedelta

from app.actions.erasures import erase_person, erase_phone
from app.actions.takedowns import ask_for_takedown, follow_takedown, reopen_takedown
from app.domain.takedown import TakedownRequest
from app.queries.posts import author_by_id, post_by_id
from tests.in_rooms import InRooms


class Forgetting(InRooms):
    """What is gone is no post of the history any more; whatever is done to it by its number is nothing."""

    asked = 0

    def _erase(self, number: int, device: int) -> None:
        """Odd ones by their phone, the others by their handle."""
        if number % 2:
            self.world.do(erase_phone, self.event_id, f"device-{device}", by=self.actors[0], at=self.at)
        else:
            self.world.do(erase_person, self.event_id, f"author_{device}", by=self.actors[0], at=self.at)
        there = {name for name, post_id in self.posts.items() if self._ask(post_by_id, post_id) is not None}
        self.posts = {name: post_id for name, post_id in self.posts.items() if name in there}
        self.questions = {name: asked for name, asked in self.questions.items() if name in there}
        self.authors = {
            name: found for name, found in self.authors.items() if self._ask(author_by_id, found) is not None
        }

    def _complain(self, number: int) -> None:
        asked = TakedownRequest(f"#post-{self.posts[number]}", why="It names me")
        made = self.world.do(
            ask_for_takedown, self.event_id, asked, key=f"{number}", within=timedelta(days=1), at=self.at
        )
        self.asked = made.id

    def _withdrawn_for(self, who: int, back: bool) -> None:
        if self.asked:
            self.world.do(reopen_takedown if back else follow_takedown, self.asked, by=self.actors[who], at=self.at)

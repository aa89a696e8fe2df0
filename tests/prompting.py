"""Prompts of a chat, in the histories of the law of the live screens."""

from app.actions.answers import file_answer
from app.actions.prompts import change_prompt, end_prompt, release_prompt, remove_prompt, write_prompt
from app.domain.prompt import PromptKind
from app.queries.prompts import prompts_of
from tests.in_rooms import InRooms


class Prompting(InRooms):
    """What its hosts do."""

    def _prompt(self, kind: PromptKind, text: str) -> None:
        facts = {"kind": kind, "text": text, "minute": len(text) if kind is PromptKind.QUESTION else None}
        self.world.do(write_prompt, self.event_id, **facts, by=self.actors[0], at=self.at)

    def _put_prompt(self, number: int) -> None:
        self.world.do(release_prompt, self._written(number), by=self.actors[0], at=self.at)

    def _no_prompt(self, number: int) -> None:
        if number % 2:
            self.world.do(end_prompt, self.event_id, by=self.actors[1], at=self.at)
        else:
            self.world.do(remove_prompt, self._written(number), by=self.actors[1], at=self.at)

    def _reword_prompt(self, number: int) -> None:
        text = f"Other words, number {number}"
        self.world.do(change_prompt, self._written(number), text=text, minute=number, by=self.actors[0], at=self.at)

    def _file(self, number: int, prompt: int) -> None:
        under = self._written(prompt - 1) if prompt else None
        self.world.do(file_answer, self.posts[number], under, by=self.actors[0], at=self.at)

    def _written(self, number: int) -> int:
        written = [one.id for one in self._ask(prompts_of, self.event_id)]
        if not written:
            raise KeyError(number)
        return int(written[number % len(written)])

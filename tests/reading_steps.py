"""What the reader finds, what screening says anew, and what moderators star, in the histories of the laws of the live screens."""

from app.actions.reader_findings import Finding, reader_came, reader_went, take_findings
from app.actions.screening_again import screen_again
from app.actions.stars import star_post, take_star
from app.domain.lease import NOBODY
from app.domain.screening.reader.combining import shipped
from app.queries.posts import post_by_id
from tests.turning_back import TurningBack

SURE = 30.0
NOTHING = {name: -SURE for head in shipped() for name in head.witness}
FOUND = {"nothing": NOTHING, "abuse": {**NOTHING, "abuse": SURE}, "it cannot be read": None}


class Reading(TurningBack):
    """The reader comes and goes; what it read may have been changed by its author since."""

    def _reader_comes(self) -> None:
        self.world.do(reader_came, self.event_id, by=NOBODY, at=self.at)

    def _reader_goes(self) -> None:
        self.world.do(reader_went, self.event_id, by=NOBODY, at=self.at)

    def _finds(self, number: int, found: str, versions_ago: int) -> None:
        post = self._ask(post_by_id, self.posts[number])
        finding = Finding(post.id, post.revision - versions_ago, FOUND[found])
        self.world.do(take_findings, [finding], by=NOBODY, at=self.at)

    def _star(self, number: int) -> None:
        self.world.do(star_post, self.posts[number], by=self.actors[0], at=self.at)

    def _no_star(self, number: int) -> None:
        self.world.do(take_star, self.posts[number], by=self.actors[1], at=self.at)

    def _screen_again(self) -> None:
        self.world.do(screen_again, self.event_id, at=self.at)

"""Histories in which what was posted on one network is posted on others too, edited there, and taken back there."""

from hypothesis import strategies as st

from app.actions.arrivals import receive
from app.actions.folds import fold
from app.actions.verdicts import approve, hold
from app.actions.withdrawals import withdraw
from app.domain.incoming import Segment, Withdrawal
from app.queries.posts import post_by_id, post_by_ref
from tests.conftest import incoming
from tests.turning_back import TurningBack

elsewhere = st.tuples(
    st.sampled_from(("elsewhere", "elsewhere", "elsewhere", "edit elsewhere", "withdraw elsewhere", "hold elsewhere")),
    st.integers(0, 7),
    st.sampled_from(("mastodon", "bluesky")),
)


class Elsewhere(TurningBack):
    """What befalls the posts of a history on other networks."""

    def _elsewhere(self, number: int, network: str, version: int = 0) -> None:
        said = self._ask(post_by_id, self.posts[number])
        segments = tuple(Segment(one["kind"], one["text"], one["href"]) for one in said.segments)
        post = incoming(
            f"{said.text} {version or ''}".strip(),
            ref=f"{network}-{number}",
            source=network,
            by=f"{network}_{number % 3}",
            segments=(*segments, Segment("text", f" {version}")) if version else segments,
            version=version,
        )
        received = self.world.do(receive, self.event_id, post, at=self.at)
        self.world.do(fold, received.post_id, at=self.at)

    def _edit_elsewhere(self, number: int, network: str) -> None:
        self._elsewhere(number, network, version=1)

    def _hold_elsewhere(self, number: int, network: str) -> None:
        """A moderator wants it back in the queue, and then has it shown besides."""
        found = self._ask(post_by_ref, self.event_id, network, f"{network}-{number}")
        if found is not None:
            for verb in (hold, approve):
                self.world.do(verb, found.id, by=self.actors[0], at=self.at)

    def _withdraw_elsewhere(self, number: int, network: str) -> None:
        self.world.do(withdraw, self.event_id, Withdrawal(network, f"{network}-{number}", "deleted"), at=self.at)

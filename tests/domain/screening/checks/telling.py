"""What a check tells of a text."""

from app.domain.policy import Policy
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal
from tests.conftest import reading

NOTHING = Surroundings()


def told(check: object, text: str, surroundings: Surroundings = NOTHING, policy: Policy | None = None) -> list[Signal]:
    found = check(reading(text), policy or Policy(), surroundings)  # type: ignore[operator]
    return [signal for signal in found if signal.level is not Level.NOTE]

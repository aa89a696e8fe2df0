"""What a check is, and how one is run: what it cannot screen is held."""

from collections.abc import Callable, Iterable

from app.domain.policy import Policy
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

Check = Callable[[Reading, Policy, Surroundings], Iterable[Signal]]


def found_by(check: Check, read: Reading, policy: Policy, surroundings: Surroundings) -> list[Signal]:
    try:
        return list(check(read, policy, surroundings))
    except Exception as error:  # noqa: BLE001 - fail closed: what could not be screened is held
        said = Sentence("A check could not be run (%(error)s), so a person must look.", error=type(error).__name__)
        return [Signal("check-failed", "shape", Level.HOLD, said)]

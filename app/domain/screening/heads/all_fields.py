"""The heads read all prose that a screen shows: the text, what stands beside it, a name that is a sentence."""

from collections.abc import Sequence

from app.domain.policy import Policy
from app.domain.screening.checks.quotes_names_alts import stands_in
from app.domain.screening.checks.words_in_names import is_a_sentence
from app.domain.screening.heads.hiding import only_held
from app.domain.screening.heads.scores_and_thresholds import Judged, judge
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.reading.shown import NAMES, PROSE, TEXT, Shown
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_WAITS = (Level.HOLD, Level.HIDE)


def judged_everywhere(read: Reading, policy: Policy, signals: Sequence[Signal]) -> Judged:
    """Scores are those of the worst part; what cannot be judged is held."""
    try:
        return _judged(read, policy, signals)
    except Exception as error:  # noqa: BLE001 - fail closed, as for a check
        said = Sentence("A check could not be run (%(error)s), so a person must look.", error=type(error).__name__)
        return Judged((*signals, Signal("check-failed", "shape", Level.HOLD, said)), {})


def _judged(read: Reading, policy: Policy, signals: Sequence[Signal]) -> Judged:
    text = judge(read, policy, [signal for signal in signals if signal.field == TEXT])
    found, scores = list(text.signals), text.scores
    prose = [shown for shown in read.shows if _is_prose(shown)]
    for shown in prose:
        at = (shown.field, shown.place)
        beside = [signal for signal in signals if (signal.field, signal.place) == at]
        one = judge(read.of_field(shown.field, shown.text[:LETTERS_READ]), policy, beside)
        found += [
            stands_in(signal, shown) if signal.field == TEXT else signal
            for signal in one.signals
            if signal.field != TEXT or _counts(signal, shown)
        ]
        scores = {name: max(score, one.scores[name]) for name, score in scores.items()}
    elsewhere = {(shown.field, shown.place) for shown in prose}
    found += [one for one in signals if one.field != TEXT and (one.field, one.place) not in elsewhere]
    order = {(shown.field, shown.place): number for number, shown in enumerate(read.shows, 1)}
    found.sort(key=lambda signal: order.get((signal.field, signal.place), 0))
    return Judged(only_held(found), scores)


def _is_prose(shown: Shown) -> bool:
    return bool(shown.text.strip()) and (shown.field in PROSE or (shown.field in NAMES and is_a_sentence(shown.text)))


def _counts(signal: Signal, shown: Shown) -> bool:
    """A name has nothing to be remarked on, and nothing beside a text asks the speakers."""
    return signal.category != "question" and (shown.field in PROSE or signal.level in _WAITS)

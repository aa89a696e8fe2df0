"""What the heads say of a post: calibrated scores always, a signal from a threshold on, with the words that carried it.

Rules are witnesses: each that fired adds to the odds of its head. Where only words decide (spam, questions, venting), a
rule alone is no wall: without the head it is a note.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.category import category_of
from app.domain.policy import Policy
from app.domain.screening.heads import words as read_words
from app.domain.screening.heads.hiding import LISTED, hidden
from app.domain.screening.heads.model import Head, Model, probability, shipped
from app.domain.screening.heads.names import names
from app.domain.screening.reading.normal import Span
from app.domain.screening.reading.reading import Reading
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

WITNESSES: dict[str, tuple[str, ...]] = {
    "abuse": ("abuse-model", "abuse-model-sure", *LISTED, "threat", "disguised-word"),
    "identity_attack": ("abuse-model", "abuse-model-sure", "listed-identity-attack"),
    "threat": ("threat", "threat-reported"),
    "sexual": ("listed-sexual", "abuse-model-sure"),
    "spam": ("spam", "spam-sure"),
    "question": ("speaker-question",),
    "vent": ("venting",),
    "care": ("self-harm", "self-harm-close"),
    "privacy": ("name", "structured"),
    "person": ("name",),
}
_NUMBERED = {
    "nhs-number", "chi-number", "hc-number", "ni-number", "hospital-number", "case-number", "dob", "phone", "email",
    "postcode", "address",
}  # fmt: skip
TOLD = ("abuse", "identity_attack", "threat", "sexual", "spam", "privacy", "question", "vent", "care")
"""The scores that programs are told."""

ATTACKS = ("abuse", "identity_attack", "threat", "sexual")
_ONLY_WORDS: dict[str, tuple[str, ...]] = {
    "spam": ("spam",), "venting": ("vent",), "speaker-question": ("question",), "name": ("person", "privacy"),
    "abuse-model": ATTACKS, "listed-abuse": ATTACKS, "listed-identity-attack": ATTACKS, "listed-sexual": ATTACKS,
}  # fmt: skip
"""Rules that are no wall, and the heads of which one must bear them out."""
_NOTHING_LESS = {"venting": Level.NOTE}
"""What is left of a rule that no head bears out, if not a nudge; a question that is none is not mentioned."""
_HIGHEST = {"question": Level.NOTE, "vent": Level.NUDGE}
_HELD_OR_NOT = {"care"}
"""What any doubt holds (`ruling.weigh`): a lower threshold for a nudge would be the one that holds."""
_CODES = {
    "question": "speaker-question", "vent": "venting", "care": "may-need-help", "person": "person-in-care",
    "privacy": "personal-data",
}  # fmt: skip
NOBODY_NAMED = "person-described"
"""Somebody in care is told of and no name was found: words are marked, none is covered."""
_NAMING = {"name", "person-in-care"}
_SAID = {
    "abuse": Sentence("It reads like abuse, most of all for %(words)s."),
    "identity_attack": Sentence("It reads like an attack on a group of people, most of all for %(words)s."),
    "threat": Sentence("It reads like a threat, most of all for %(words)s."),
    "sexual": Sentence("It reads like sexual harassment, most of all for %(words)s."),
    "spam": Sentence("It reads like spam, most of all for %(words)s."),
    "question": Sentence("It reads like a question for the speaker, most of all for %(words)s."),
    "vent": Sentence("It may mock or blame somebody in the author's care, most of all for %(words)s."),
    "care": Sentence("Somebody may need help. Please look at this first; it says so most of all with %(words)s."),
    "privacy": Sentence("It seems to hold personal data, most of all in %(words)s."),
    "person": Sentence("It seems to tell of a person in care, most of all for %(words)s."),
}
_NAMED = Sentence("It seems to tell of a person in care who is named: %(words)s.")
"""Said instead where names were found: to call other words a name would be wrong."""
FEW_WORDS = 6
"""Of fewer words than that no head alone makes an attack: "Everybody out, fire drill." is too little, a rule is not."""
BORNE_BY_LENGTH = {"sexual": 0.4}
"""Odds that a head must have more for each word by which a post is short, where no rule bears it out."""
LONG_ENOUGH = 12
"""Words from which on a post is not short: of five, one that is often read elsewhere decides alone ("quiet room")."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ASIDE = re.compile(r"[#@]\w+|(?:https?://|www\.)\S+")
_TAG = re.compile(r"#\w+|(?:https?://|www\.)\S+")
_ORDER = list(Level)
_SHOWN = 3
_CARRIED = 0.5
"""Marked are the heaviest words that carry this much of a score together."""
_SAY_NOTHING = re.compile(
    r"an?|the|and|or|but|of|[io]n|at|to|for|with|from|by|as|is|was|are|were|be|been|ha[sd]|have|that|this|these|those"
    r"|its?|there|who|which|what|when|then|than|so|if|[\W_]+",
    re.IGNORECASE,
)
"""Weighed like every word, and never marked: nobody understands a doubt from them."""


@dataclass(frozen=True, slots=True)
class Judged:
    signals: tuple[Signal, ...]
    scores: dict[str, float]


def judge(read: Reading, policy: Policy, found: Sequence[Signal]) -> Judged:
    """The rules' signals as the heads weigh them, what the heads add, and every score."""
    model = shipped()
    said = read_words.texts(read.views)
    seen = witnesses(found)
    if not said or not has_prose(read.text):
        return Judged(tuple(found), _told({}, found))
    odds = {
        head.name: head.slope * score + head.offset + sum(head.witness.get(one, 0.0) for one in seen)
        for head, score in zip(model.heads, model.scores(said), strict=True)
    }
    words = len(_LETTERS.findall(_TAG.sub(" ", read.text)))
    levels = {
        head.name: level_of_head(head, odds[head.name] - _too_short(head.name, words, seen), policy)
        for head in model.heads
    }
    if words < FEW_WORDS and not seen:
        levels |= dict.fromkeys(ATTACKS)
    signals = [weighed for signal in found if (weighed := _weighed(signal, levels)) is not None]
    for place in sorted(range(len(model.heads)), key=lambda place: model.names[place] == "privacy"):
        signal = raised(model, place, odds[model.names[place]], levels[model.names[place]], read, said, signals)
        if signal is not None:
            signals.append(signal)
    worst = max(probability(odds[name]) for name in ATTACKS)
    return Judged(hidden(signals, worst, read, policy), _told(odds, signals))


def _too_short(name: str, words: int, seen: set[str]) -> float:
    """The odds that a short post lacks, unless a rule of this head has fired too."""
    borne_out = not seen.isdisjoint(WITNESSES[name])
    return 0.0 if borne_out else BORNE_BY_LENGTH.get(name, 0.0) * max(0, LONG_ENOUGH - words)


def has_prose(text: str) -> bool:
    """Signs, emoji, tags and names alone: what a head has of them is chance, and it falls on ♿, ✡️ and 👍🏿."""
    return bool(_LETTERS.search(_ASIDE.sub(" ", text)))


def witnesses(found: Iterable[Signal]) -> set[str]:
    """The rules that fired, as the heads know them."""
    seen: set[str] = set()
    for signal in found:
        if signal.level is Level.NOTE and signal.category != "question":
            continue
        seen.add("structured" if signal.code in _NUMBERED else signal.code)
        if signal.level in (Level.HOLD, Level.HIDE):
            seen.add(f"{signal.code}-sure")
    return seen


def level_of_head(head: Head, odds: float, policy: Policy) -> Level | None:
    """The level that these odds of a head have under a policy."""
    nudge, hold = head.levels.get(policy.preset) or head.levels["standard"]
    if odds < (hold if head.name in _HELD_OR_NOT else nudge):
        return None
    return _HIGHEST.get(head.name) or (Level.HOLD if odds >= hold else Level.NUDGE)


def _weighed(signal: Signal, levels: Mapping[str, Level | None]) -> Signal | None:
    """A rule that no head bears out weighs less."""
    heads = _ONLY_WORDS.get(signal.code)
    if heads is None or any(levels[name] is not None for name in heads):
        return signal
    if signal.category == "question":
        return None
    least = _NOTHING_LESS.get(signal.code, Level.NUDGE)
    return signal if _ORDER.index(signal.level) <= _ORDER.index(least) else replace(signal, level=least)


def raised(
    model: Model,
    place: int,
    odds: float,
    level: Level | None,
    read: Reading,
    said: list[str],
    found: Sequence[Signal],
) -> Signal | None:
    """What a head adds to the rules, unless a rule has said as much."""
    head = model.heads[place]
    category = category_of(head.name)
    known = [_ORDER.index(signal.level) for signal in found if signal.category == category]
    if level is None:
        return None
    is_said = max(known, default=-1) >= _ORDER.index(level)
    if is_said and (head.name != "person" or any(signal.code in _NAMING for signal in found)):
        return None
    spans, are_names = carriers(model, place, read, said)
    if is_said and not are_names:  # beside a number or an address a name is covered too
        return None
    shown = tuple(dict.fromkeys(f"“{read.text[start:end][:24]}”" for start, end in spans))[:_SHOWN]
    code = _CODES.get(head.name, f"reads-like-{head.name.replace('_', '-')}")
    if head.name == "person" and not are_names:
        code = NOBODY_NAMED
    sentence = _NAMED if are_names else _SAID[head.name]
    return Signal(code, category, level, sentence.filled(words=shown), round(probability(odds), 3), spans)


def carriers(model: Model, place: int, read: Reading, said: list[str]) -> tuple[tuple[Span, ...], bool]:
    """Where the words stand that carried a score; of a person in care the names, if there are any, and whether so."""
    where = read_words.places(read.views)
    named = names(read.text, said, where) if model.names[place] == "person" else ()
    shares = model.shares(said, place)
    telling = [at for at, word in enumerate(said) if not _SAY_NOTHING.fullmatch(word)] or range(len(said))
    if model.names[place] in ("person", "privacy"):  # a tag or a handle is no secret
        telling = [at for at in telling if not _is_aside(read.text, where[at])] or telling
    heaviest = sorted(_heaviest({at: shares[at] for at in telling}))
    return named or _joined(read.text, [where[at] for at in heaviest]), bool(named)


def _is_aside(text: str, span: Span) -> bool:
    """Whether it stands in a hashtag or a handle, wherever in it."""
    start = max(text.rfind(blank, 0, span[0]) for blank in (" ", "\n", "\t")) + 1
    return text[start : span[1]].startswith(("#", "＃", "@", "＠"))


def _heaviest(shares: Mapping[int, float]) -> list[int]:
    left = _CARRIED * sum(share for share in shares.values() if share > 0)
    chosen: list[int] = []
    for at in sorted(shares, key=lambda at: -shares[at]):
        chosen.append(at)
        left -= shares[at]
        if left <= 0:
            break
    return chosen


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours with nothing but blanks between them are one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _told(odds: dict[str, float], signals: Sequence[Signal]) -> dict[str, float]:
    """Every score from 0 to 1; what a rule is sure of is never below its confidence."""
    told = {name: probability(odds[name]) if name in odds else 0.0 for name in TOLD}
    if "person" in odds:
        told["privacy"] = max(told["privacy"], probability(odds["person"]))
    for signal in signals:
        name = "care" if signal.category == "self_harm" else signal.category
        if name in told and signal.level in (Level.HOLD, Level.HIDE):
            told[name] = max(told[name], signal.confidence)
    return {name: round(score, 3) for name, score in told.items()}

"""What screening does with voices and rows that nobody learned from: each figure with its rows and interval.

Which those are, `training/split.json` fixed beforehand. Without the folder of the developers' data only our own voices
are there; the lines of no voice are ever printed.
"""

import math
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.checks.similar_questions import most_similar
from app.domain.screening.reader.combining import texts_to_read, with_reader
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Ruling, Verdict
from app.jobs.reader.encoder import shipped

sys.path.append(str(Path(__file__).resolve().parents[1] / "training/heads"))

import rows as split  # the one place that knows which row is for what
from rows import Row

AT = datetime(2026, 1, 1, tzinfo=UTC)
HELD = {Level.HOLD, Level.HIDE}
DOUBTED = {Level.NUDGE, *HELD}
ABUSE = {"abuse", "identity_attack", "threat", "sexual", "obfuscation"}
MOST, SEED, ASKED = 250, 7, 64
SHOWN = {
    "davidson", "surge", "olid", "hatecheck", "hatemoji", "hatexplain", "toxigen", "fox", "conference", "health",
    "broad", "goemotions", "madlibs", "sms", "youtube",
}  # fmt: skip
HEAD = "| what | measured | 95 % interval | goal | rows |\n| --- | --- | --- | --- | --- |"


@dataclass(frozen=True, slots=True)
class Judged:
    row: Row
    ruling: Ruling

    def held(self, *categories: str) -> bool:
        return any(one.category in categories and one.level in HELD for one in self.ruling.signals)

    def said(self, code: str) -> bool:
        """A note counts where the category knows nothing higher."""
        return any(
            one.code == code and (one.level in DOUBTED or one.category == "question") for one in self.ruling.signals
        )


Says = Callable[[Judged], bool]


def judged(rows: Iterable[Row], *, reader: bool) -> list[Judged]:
    """What is said of each at the door, and by the reader too."""
    found = list(rows)
    reads = [Reading.of(Incoming("replay", "1", Byline("a", ""), row.text, AT)) for row in found]
    rulings = [screen(read, Policy(), Surroundings()) for read in reads]
    if reader:
        odds = shipped().read([read.text for read in reads])
        rulings = [
            with_reader(ruling, read, Policy(), one if texts_to_read(read) else {})
            for ruling, read, one in zip(rulings, reads, odds, strict=True)
        ]
    return [Judged(row, ruling) for row, ruling in zip(found, rulings, strict=True)]


def wilson(hits: int, count: int) -> tuple[float, float]:
    z, share = 1.96, hits / count
    middle, room = share + z * z / (2 * count), z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - room) / (1 + z * z / count), (middle + room) / (1 + z * z / count)


def share(what: str, hits: Iterable[bool], goal: str) -> Iterator[str]:
    found = list(hits)
    if found:
        low, high = wilson(sum(found), len(found))
        value = sum(found) / len(found)
        yield f"| {what} | {value:.2f} | {low:.2f} to {high:.2f} | {goal} | {len(found):,} |"


def auc(what: str, scored: Sequence[tuple[float, bool]], goal: str) -> Iterator[str]:
    yes, no = ([score for score, label in scored if label is wanted] for wanted in (True, False))
    if not yes or not no:
        return
    value = sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / (len(yes) * len(no))
    room = 1.96 * _error_of_auc(value, len(yes), len(no))
    yield f"| {what} | {value:.2f} | {value - room:.2f} to {min(1.0, value + room):.2f} | {goal} | {len(scored):,} |"


def _error_of_auc(area: float, yes: int, no: int) -> float:
    """Hanley and McNeil, 1982."""
    one, two = area / (2 - area), 2 * area * area / (1 + area)
    return math.sqrt((area * (1 - area) + (yes - 1) * (one - area**2) + (no - 1) * (two - area**2)) / (yes * no))


def table(data: Path | None, part: str, *, reader: bool = True) -> Iterator[str]:
    """`reader`: rules, heads and reader together; else what is said at the door, and where no reader is."""
    yield HEAD
    by_class: dict[str, list[Judged]] = {}
    for one in judged(split.voices(data, part), reader=reader):
        by_class.setdefault(one.row.source.partition("/")[2], []).append(one)
    yield from personal(by_class.get("pii", []))
    yield from decided("spam", by_class.get("spam", []), lambda one: one.held("spam"), (".90", ".80", "–", "–"))
    asked: Says = lambda one: one.said("speaker-question")  # noqa: E731 - a sentence, not a function
    yield from decided("question", by_class.get("question", []), asked, (".90", ".80", "–", "≥ .95"))
    cared: Says = lambda one: one.held("self_harm")  # noqa: E731
    vented: Says = lambda one: one.said("venting")  # noqa: E731
    yield from decided("care", by_class.get("care", []), cared, ("–", "≥ .70", "≤ .06", "≥ .94"))
    yield from decided("vent", by_class.get("vent", []), vented, ("–", "≥ .45", "≤ .06", "≥ .84"))
    yield from decided("abuse", by_class.get("abuse", []), _abusive, ("–", "≥ .65", "≤ .06", "≥ .92"))
    for kind in ("insult", "identity", "threat", "sexual", "disguise", "dogwhistle"):
        ours = [one for one in by_class.get("abuse", []) if one.row.own.get("kind") == kind]
        yield from share(f"abuse held, own voices: {kind}", map(_abusive, ours), "–")
    if data:
        yield from corpora(data, part, reader=reader)


def _abusive(one: Judged) -> bool:
    return one.held(*ABUSE)


def personal(ours: list[Judged]) -> Iterator[str]:
    held: Says = lambda one: one.held("privacy")  # noqa: E731
    wanted = [one for one in ours if one.row.own["has_pii"]]
    types = [(one, {span["type"] for span in one.row.own["spans"]}) for one in wanted]
    yield from share("personal data: recall", map(held, wanted), "≥ .85")
    yield from share("personal data, structured", (held(one) for one, kinds in types if kinds - {"name"}), "≥ .95")
    yield from share("personal data, names only", (held(one) for one, kinds in types if kinds == {"name"}), "≥ .75")
    clean = [one for one in ours if not one.row.own["has_pii"] and not one.row.own.get("hold_ok")]
    yield from share("personal data: false alarms", map(held, clean), "≤ .06")
    scored = [(one.ruling.scores["privacy"], bool(one.row.own["has_pii"])) for one in [*wanted, *clean]]
    yield from auc("personal data: AUC", scored, "≥ .95")
    spans = [(one, span) for one in wanted for span in one.row.own["spans"]]
    yield from share("personal data: spans right", (_covers(one, span) for one, span in spans), "≥ .85")


def _covers(one: Judged, span: dict[str, Any]) -> bool:
    length = span["end"] - span["start"]
    codes = {"name", "person-in-care"} if span["type"] == "name" else {span["type"].replace("_", "-")}
    return any(
        signal.code in codes and min(end, span["end"]) - max(start, span["start"]) >= 0.8 * length
        for signal in one.ruling.signals
        for start, end in signal.spans
    )


def decided(name: str, ours: list[Judged], says: Says, goals: tuple[str, str, str, str]) -> Iterator[str]:
    if not ours:
        return
    wanted = [one for one in ours if one.row.labels[name]]
    clean = [one for one in ours if not one.row.labels[name]]
    flagged = [one.row.labels[name] for one in ours if says(one)]
    yield from share(f"{name}: precision", flagged, goals[0])
    yield from share(f"{name}: recall", map(says, wanted), goals[1])
    yield from share(f"{name}: false alarms", map(says, clean), goals[2])
    yield from auc(f"{name}: AUC", [(_risk(name, one), one.row.labels[name]) for one in ours], goals[3])


def _risk(name: str, one: Judged) -> float:
    scores = one.ruling.scores
    if name == "abuse":
        return max(scores[kind] for kind in ("abuse", "identity_attack", "threat", "sexual"))
    return scores[name]


def corpora(data: Path, part: str, *, reader: bool) -> Iterator[str]:
    pick = random.Random(SEED)
    sets: dict[str, list[Row]] = {}
    for row in [*split.corpora(data), *_never_trained(data)]:
        if row.part == part or row.part == "unseen":
            sets.setdefault(row.source, []).append(row)
    sets["conference"] = list(split.conferences(data, part))
    drawn = {name: pick.sample(found, min(MOST, len(found))) for name, found in sets.items()}
    known = {name: judged(found, reader=reader) for name, found in drawn.items() if name in SHOWN}
    goals = {"davidson": ("≥ .93", "–"), "surge": ("≥ .72", "≥ .93"), "olid": ("≥ .48", "≥ .80"),
             "hatecheck": ("≥ .68", "≥ .68"), "hatemoji": ("≥ .55", "–"), "hatexplain": ("–", "–"),
             "toxigen": ("–", "–"), "fox": ("–", "–")}  # fmt: skip
    for name, (complete, area) in goals.items():
        ours = known.get(name, [])
        yes, no = ([one for one in ours if one.row.labels["abuse"] is wanted] for wanted in (True, False))
        yield from share(f"abuse held: {name}", map(_abusive, yes), complete)
        yield from share(f"clean rows held: {name}", map(_abusive, no), "–")
        yield from auc(f"abuse, AUC: {name}", [(_risk("abuse", one), one.row.labels["abuse"]) for one in ours], area)
    for name, goal in (("conference", "≤ .01"), ("health", "≤ .01"), ("broad", "≤ .02"), ("goemotions", "≤ .02")):
        yield from share(f"{name} posts held by abuse or spam", (one.held(*ABUSE, "spam") for one in known[name]), goal)
        cared = (one.held("self_harm", "privacy") for one in known[name])
        yield from share(f"{name} posts held by care or personal data", cared, "–")
    yield from hidden(known)
    templates = [one for one in known["madlibs"] if not one.row.labels["abuse"]]
    yield from share("identity templates held", map(_abusive, templates), "≤ .02")
    for name, precise, complete in (("sms", ".95", ".90"), ("youtube", ".95", ".75")):
        spam = [one for one in known[name] if one.row.labels["spam"]]
        flagged = [one.row.labels["spam"] for one in known[name] if one.held("spam")]
        yield from share(f"{name} spam: precision", flagged, precise)
        yield from share(f"{name} spam: recall", (one.held("spam") for one in spam), complete)
    yield from queue(known)
    yield from similar(data)


def hidden(known: dict[str, list[Judged]]) -> Iterator[str]:
    """What the machine itself puts among the rejected posts: of three corpora together, and of clean posts."""
    pooled = [one for name in ("davidson", "surge", "olid") for one in known[name]]
    hides: Says = lambda one: one.ruling.verdict is Verdict.REJECTED  # noqa: E731
    yield from share("hide: precision", (one.row.labels["abuse"] for one in pooled if hides(one)), "≥ .99")
    yield from share("hide: recall", (hides(one) for one in pooled if one.row.labels["abuse"]), "≥ .40")
    clean = [one for name in ("conference", "health", "broad", "goemotions") for one in known[name]]
    yield from share("clean posts of four kinds hidden", map(hides, clean), "–")


def _never_trained(data: Path) -> Iterator[Row]:
    for row in split.read(data / "olid_train.jsonl.gz"):
        yield Row(row["text"], {"abuse": bool(row["label"])}, "olid", "unseen")
    for row in split.read(data / "multilingual_hatecheck_dev.jsonl.gz"):
        if row["lang"] in ("en", "english"):
            yield Row(row["text"], {"abuse": bool(row["label"])}, "hatecheck", "unseen")


def similar(data: Path) -> Iterator[str]:
    """Patients' questions of which each has a paraphrase, among as many others as a busy hour brings."""
    pick = random.Random(SEED)
    pairs = [row for row in split.read(data / "medical_question_pairs_dev.jsonl.gz") if row["label"]]
    found = []
    for pair in pick.sample(pairs, min(MOST, len(pairs))):
        pool = [(0, pair["q2"]), *((1, one["q2"]) for one in pick.sample(pairs, ASKED) if one is not pair)]
        found.append(any(place == 0 for place, _, _ in most_similar(pair["q1"], pool)))
    yield from share("similar questions: the true one in the top 3 of 65", found, "≥ .80")


def queue(known: dict[str, list[Judged]]) -> Iterator[str]:
    """One abusive post in fifty real ones: how many stand in the first tenth, by score alone."""
    abusive = [one for name in ("davidson", "surge") for one in known[name] if one.row.labels["abuse"]]
    few = random.Random(SEED).sample(abusive, min(len(abusive), len(known["conference"]) // 49))
    mixed = sorted([*few, *known["conference"]], key=lambda one: -_risk("abuse", one))
    first = {id(one) for one in mixed[: len(mixed) // 10]}
    yield from share("abuse, one in fifty: in the first tenth", (id(one) in first for one in few), "≥ .95")

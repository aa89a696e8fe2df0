"""Every row that the heads learn from, are tuned on and are judged on: which part it is, `training/split.json` says.

A row counts only for the heads it is labelled for. DATA is the folder of the developers' data, which is outside of
this repository; the invented voices beside this file need no folder.
"""

import csv
import gzip
import hashlib
import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
SPLIT = json.loads((HERE / "split.json").read_text(encoding="utf-8"))
HEADS = ("abuse", "identity_attack", "threat", "sexual", "spam", "question", "vent", "care", "privacy", "person")
CLASSES = {
    "abuse": "label", "spam": "is_spam", "question": "is_speaker_question", "vent": "is_vent", "care": "needs_help",
    "pii": "has_pii",
}  # fmt: skip
ATTACKS = {"identity": "identity_attack", "threat": "threat", "sexual": "sexual", "dogwhistle": "identity_attack"}
EMOTIONS_LEFT_OUT = {"anger", "annoyance", "disgust", "disapproval"}


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    labels: dict[str, bool]
    source: str
    part: str
    weight: float = 1.0
    own: dict[str, Any] = field(default_factory=dict)


def part_of(text: str) -> str:
    """By the hash of the text without case and spaces, so that a copy stays on its side."""
    digest = hashlib.sha256("".join(text.casefold().split()).encode("utf-8", "replace")).digest()
    place = int.from_bytes(digest[:4], "big") % 100
    parts = SPLIT["corpora"]
    return next(part for part in ("judge", "tune", "train") if parts[part][0] <= place <= parts[part][1])


def voices(data: Path | None, *parts: str) -> Iterator[Row]:
    """Lines of whole voices: theirs from DATA, our own from this repository."""
    for part in parts:
        for name in SPLIT["voices"][part]:
            folder = HERE / "voices" / name if name[0] == "w" else data and data / "voices" / name
            if folder and folder.is_dir():
                yield from _voice(folder, name, part)


def _voice(folder: Path, name: str, part: str) -> Iterator[Row]:
    for kind, label in CLASSES.items():
        file = folder / f"{kind}.jsonl"
        for row in read(file) if file.exists() else ():
            yield Row(row["text"], _labels(kind, row, label), f"{name}/{kind}", part, 1.0, row)


def _labels(kind: str, row: dict[str, Any], label: str) -> dict[str, bool]:
    yes = bool(row[label])
    if kind == "pii":
        types = {span["type"] for span in row.get("spans", ())}
        person = {"person": "name" in types} if not yes or "name" in types else {}
        return {} if row.get("hold_ok") and not yes else {"privacy": yes, **person}
    if kind != "abuse":
        return {kind: yes}
    attack = ATTACKS.get(row.get("kind", ""))
    kinds = {name: yes and name == attack for name in ("identity_attack", "threat", "sexual")}
    return {"abuse": yes, **({} if yes and row.get("kind") == "disguise" else kinds)}


OTHERS = {
    "care": {"pii", "spam", "question", "abuse", "vent"},
    "vent": {"spam", "question", "care"},
    "spam": {"pii", "question", "abuse", "vent", "care"},
    "question": {"pii", "spam", "abuse", "vent", "care"},
    "privacy": {"question"},
    "person": {"question"},
    **{attack: {"pii", "spam", "question", "care"} for attack in ("abuse", "identity_attack", "threat", "sexual")},
}
"""Lines that were written for another class and are none of this one, but for a few."""


def crossed(found: Iterable[Row], weight: float = 0.3) -> Iterator[Row]:
    """What the voices say about other things, as clean rows of a head; what has a question mark may be a question."""
    for row in found:
        kind = row.source.partition("/")[2]
        heads = [
            head for head, others in OTHERS.items() if kind in others and not (head == "question" and "?" in row.text)
        ]
        if heads:
            yield Row(row.text, dict.fromkeys(heads, False), f"cross/{kind}", row.part, weight)


def corpora(data: Path) -> Iterator[Row]:
    """The public corpora, with what of them may be trusted."""
    for row, labels, source, weight in _public(data):
        text = html.unescape(html.unescape(row["text"]))
        yield Row(text, labels, source, part_of(text), weight)


def _public(data: Path) -> Iterator[tuple[dict[str, Any], dict[str, bool], str, float]]:
    more = data / "more"
    listed = _listed()

    def clean(text: str) -> bool:
        return not any(word.strip(".,!?\"'") in listed for word in text.lower().split())

    for row in read(data / "davidson_train.jsonl.gz"):
        yield row, {"abuse": bool(row["label"]), "identity_attack": row["cls"] == "hate"}, "davidson", 1.0
    for row in read(data / "hatemojibuild_train.jsonl.gz"):
        yield row, {"abuse": bool(row["label"]), "identity_attack": bool(row["label"])}, "hatemoji", 0.5
    for row in read(data / "surge_toxicity_dev.jsonl.gz"):
        yield row, {"abuse": bool(row["label"])}, "surge", 8.0
    for row in read(data / "bias_madlibs_dev.jsonl.gz"):
        yield row, {"abuse": bool(row["label"]), **({} if row["label"] else {"identity_attack": False})}, "madlibs", 0.3
    for row in read(more / "hatexplain.jsonl.gz"):
        yes = bool(row["label"])
        kinds = {"identity_attack": row["cls"] == "hate"} if row["cls"] != "offensive" else {}
        if yes or clean(row["text"]):
            yield row, {"abuse": yes, **kinds}, "hatexplain", 0.5
    for row in read(more / "edos_sexism.jsonl.gz"):
        yes = bool(row["label"])
        if yes or clean(row["text"]):
            threat = {"threat": row["category"].startswith("1.")} if row["category"] != "none" else {}
            yield row, {"abuse": yes, "identity_attack": yes, **threat}, "edos", 0.7
    for name in ("misogyny_reddit", "gab_hate_corpus"):
        for row in read(more / f"{name}.jsonl.gz"):
            yes = bool(row["label"])
            if yes or clean(row["text"]):
                yield row, {"abuse": yes, "identity_attack": yes}, name.partition("_")[0], 0.7
    for row in read(more / "convabuse.jsonl.gz"):
        yield row, {"abuse": bool(row["label"])}, "convabuse", 1.0
    for row in read(more / "fox_comments.jsonl.gz"):
        yield row, {"abuse": bool(row["label"])}, "fox", 0.7
    for row in read(more / "toxigen_demonstrations.jsonl.gz"):
        yield row, {"abuse": bool(row["label"]), "identity_attack": bool(row["label"])}, "toxigen", 2.0
    for row in read(more / "toxic_spans.jsonl.gz"):
        if not row["disputed"]:
            identity = "Identity based Attack" in row["kinds"]
            yield row, {"abuse": True, **({"identity_attack": identity} if not identity else {})}, "toxic", 0.7
    for row in read(more / "counterspeech_gbv.jsonl.gz"):
        yield row, _none(), "counterspeech", 1.0
    for place, row in enumerate(read(more / "goemotions.jsonl.gz")):
        if place % 4 == 0 and not EMOTIONS_LEFT_OUT & set(row["emotions"]) and clean(row["text"]):
            yield row, _none("abuse", "identity_attack", "threat", "sexual", "spam", "person"), "goemotions", 1.0
    for row in read(more / "broad_twitter_persons.jsonl.gz"):
        if clean(row["text"]):
            yield row, _none(), "broad", 1.0
    for row in read(data / "health_tweets_benign.jsonl.gz"):
        yield row, _none(), "health", 1.0
    for row in read(data / "sms_spam_train.jsonl.gz"):
        yield row, {"spam": bool(row["label"]), **_none("abuse", "identity_attack", "threat", "vent")}, "sms", 0.7
    for row in read(data / "youtube_spam_train.jsonl.gz"):
        ham = {} if row["label"] else _none("identity_attack", "threat", "vent", "person")
        yield row, {"spam": bool(row["label"]), **ham}, "youtube", 0.7
    for row in read(more / "telegram_spam.jsonl.gz"):
        yield row, {"spam": bool(row["label"])}, "telegram", 1.0


def _none(*names: str) -> dict[str, bool]:
    return dict.fromkeys(names or HEADS, False)


def _listed() -> set[str]:
    file = HERE.parent / "app/domain/screening/lexicon/words.tsv"
    return {line.split("\t")[0] for line in file.read_text(encoding="utf-8").splitlines() if line[:1] != "#"}


def conferences(data: Path, part: str) -> Iterator[Row]:
    """Real posts of real conferences, the originals among them: for thresholds and for judging, never for learning."""
    folder = data.parent / "conference"
    for name in SPLIT["conferences"][part]:
        for text in dict.fromkeys(_originals(folder, name)):
            yield Row(html.unescape(text), {}, f"conference/{name}", part)


def _originals(folder: Path, name: str) -> Iterator[str]:
    if (file := folder / f"{name}.jsonl.gz").exists():
        for row in read(file):
            if not row.get("is_retweet") and row.get("text"):
                yield row["text"]
    elif (table := folder / f"{name}.csv.gz").exists():
        with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row.get("text") and not row["text"].startswith("RT @"):
                    yield row["text"]


def read(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())

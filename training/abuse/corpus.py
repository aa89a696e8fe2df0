"""The data sets as (text, label, source) with their held-out part. Which may be shipped is said here, once."""

import csv
import gzip
import hashlib
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    abuse: bool
    identity: bool
    source: str
    weight: float = 1.0


WEIGHTS = {"davidson": 1.0, "hatemoji": 0.5, "surge": 10.0, "madlibs": 0.3, "health": 2.0, "sms": 0.7, "youtube": 0.7}
"""How much one row of a set counts: Davidson is large and one-sided, Surge small and broad."""


def shippable(folder: Path) -> Iterator[Example]:
    """Davidson (MIT), HatemojiBuild (CC BY 4.0), Surge (MIT), madlibs (Apache-2.0), UCI (CC BY 4.0)."""
    for row in rows(folder / "davidson_train.jsonl.gz"):
        yield _example(row, "davidson", identity=row["cls"] == "hate")
    for row in rows(folder / "hatemojibuild_train.jsonl.gz"):
        yield _example(row, "hatemoji", identity=bool(row["label"]))
    for row in rows(folder / "surge_toxicity_dev.jsonl.gz"):
        yield _example(row, "surge")
    for row in rows(folder / "bias_madlibs_dev.jsonl.gz"):
        yield _example(row, "madlibs")
    for row in rows(folder / "health_tweets_benign.jsonl.gz"):
        yield _example(row, "health")
    for row in rows(folder / "sms_spam_train.jsonl.gz"):
        yield _example(row, "sms", abuse=False)
    for row in rows(folder / "youtube_spam_train.jsonl.gz"):
        if not row["label"]:  # the comments are not labelled for abuse: only those that are no spam, and with care
            yield _example(row, "youtube", abuse=False)


def evaluation_only(folder: Path) -> Iterator[Example]:
    """No licence (OLID, medical pairs), kept as an unseen test (multilingual HateCheck), or our own small sets."""
    for row in rows(folder / "olid_train.jsonl.gz"):
        yield _example(row, "olid")
    for row in rows(folder / "multilingual_hatecheck_dev.jsonl.gz"):
        yield _example(row, "hatecheck-" + row["lang"])
    for row in rows(folder / "medical_question_pairs_dev.jsonl.gz"):
        yield _example({"text": row["q1"]}, "medical", abuse=False)
    for name, label in (("pii", "has_pii"), ("spam", "is_spam"), ("vent", "is_vent"), ("question", "")):
        for row in rows(folder / f"conf_{name}_dev.jsonl"):
            if not row.get(label):
                yield _example(row, "conference", abuse=False)


def _example(row: dict[str, Any], source: str, *, abuse: bool | None = None, identity: bool = False) -> Example:
    label = bool(row["label"]) if abuse is None else abuse
    return Example(html.unescape(html.unescape(row["text"])), label, identity, source, WEIGHTS.get(source, 1.0))


def rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def is_held_out(text: str, percent: int = 15) -> bool:
    """By the hash of the text without case and spaces, so that a copy stays on its side."""
    digest = hashlib.sha256("".join(text.casefold().split()).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent


def insults(folder: Path) -> Iterator[tuple[str, bool]]:
    """Listed words (Surge and dsojevic, MIT) that are insults or slurs, and whether they are slurs."""
    slurs = {"racial / ethnic slurs", "sexual orientation / gender", "religious offense", "mental disability"}
    with (folder / "lexicons/surge_profanity_en.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if float(row["severity_rating"]) >= 1.8:
                yield row["text"].lower().strip(), row["category_1"] in slurs
    for entry in json.loads((folder / "lexicons/dsojevic_profanity_en.json").read_text(encoding="utf-8")):
        if entry["severity"] >= 3 and "shock" not in entry["tags"]:
            slur = bool({"racial", "lgbtq", "religious"} & set(entry["tags"]))
            for word in entry["match"].split("|"):
                if "*" not in word:
                    yield word.lower().strip(), slur

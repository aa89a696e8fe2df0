"""How well and how fast posts are screened, as a table of goals: bin/bench screening [FOLDER] [--part tune].

FOLDER holds JSON Lines files named as in `FILES`, `.gz` or not; a file that is missing leaves its lines out. Nothing
is learned from them here. "Held" means level hold or hide.
"""

import argparse
import gzip
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening import CHECKS, screen
from app.domain.screening.checks.repeats import copies
from app.domain.screening.checks.similar_questions import most_similar
from app.domain.screening.reading.fingerprint import essence
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Recent, Surroundings
from app.domain.verdict import Level, Signal
from bench import unseen

FILES = (
    "conf_pii", "conf_spam", "conf_vent", "conf_question", "conf_dup", "davidson", "health_tweets_benign",
    "bias_madlibs", "surge_toxicity", "multilingual_hatecheck",
)  # fmt: skip
HELD = {Level.HOLD, Level.HIDE}
ABUSE = {"abuse", "identity_attack", "threat", "sexual", "obfuscation"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLE, SEED = 2000, 7

Row = dict[str, Any]
Judge = Callable[[str], bool]


def signals(text: str) -> tuple[Signal, ...]:
    post = Incoming(source="replay", ref="1", byline=Byline(handle="a", name=""), text=text, posted_at=NOW)
    return screen(post, Policy(), Surroundings()).signals


def held(*categories: str) -> Judge:
    return lambda text: any(one.category in categories and one.level in HELD for one in signals(text))


def said(code: str) -> Judge:
    return lambda text: any(one.code == code for one in signals(text))


def rows(folder: Path, name: str) -> list[Row]:
    found = sorted(file for file in folder.glob(f"{name}_*.jsonl*")) or sorted(folder.glob(f"{name}.jsonl*"))
    return [json.loads(line) for file in found for line in _lines(file)]


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
        yield from (line for line in lines if line.strip())


def line(what: str, value: float | str, goal: str, *, rows: int) -> None:
    shown = f"{value:.3f}" if isinstance(value, float) else value
    print(f"| {what} | {shown} | {goal} | {rows:,} |")


def recall(judge: Judge, wanted: Iterable[str]) -> tuple[float, int]:
    texts = list(wanted)
    return (sum(map(judge, texts)) / len(texts) if texts else 0.0), len(texts)


def yes_and_no(what: str, judge: Judge, data: list[Row], label: str, precise: str, complete: str) -> None:
    if not data:
        return
    right = sum(judge(row["text"]) for row in data if row[label])
    wrong = sum(judge(row["text"]) for row in data if not row[label])
    wanted = sum(bool(row[label]) for row in data)
    line(f"{what}: precision", right / max(1, right + wrong), precise, rows=len(data))
    line(f"{what}: recall", right / max(1, wanted), complete, rows=wanted)
    line(f"{what}: false alarms", wrong / max(1, len(data) - wanted), "", rows=len(data) - wanted)


def personal(data: list[Row]) -> None:
    if not data:
        return
    judge = held("privacy")
    wanted = [row for row in data if row["has_pii"]]
    kinds = {row["text"]: {span["type"] for span in row["spans"]} for row in wanted}
    clean = [row["text"] for row in data if not row["has_pii"] and not row["hold_ok"]]
    for what, goal, texts in (
        ("any", "≥ .93", list(kinds)),
        ("structured", "≥ .98", [text for text, kind in kinds.items() if kind - {"name"}]),
        ("names only", "≥ .85", [text for text, kind in kinds.items() if kind == {"name"}]),
    ):
        share, count = recall(judge, texts)
        line(f"personal data, {what}: recall", share, goal, rows=count)
    share, count = recall(judge, clean)
    line("personal data: false alarms", share, "≤ .04", rows=count)
    spans = [(row, span) for row in wanted for span in row["spans"]]
    covered = sum(_covers(row["text"], span) for row, span in spans)
    line("personal data: spans and kinds right", covered / len(spans), "≥ .90", rows=len(spans))


def _covers(text: str, span: Row) -> bool:
    length = span["end"] - span["start"]
    return any(
        one.code == span["type"].replace("_", "-") and min(end, span["end"]) - max(start, span["start"]) >= 0.8 * length
        for one in signals(text)
        for start, end in one.spans
    )


LEET = str.maketrans("aeiosAEIOS", "4310543105")
CYRILLIC = str.maketrans("aeopcxyi", "аеорсхуі")
WIDE = {code: code + 0xFEE0 for code in range(33, 127)}
DISGUISES: dict[str, Callable[[str], str]] = {
    "leet": lambda text: text.translate(LEET),
    "homoglyphs": lambda text: text.translate(CYRILLIC),
    "zero-width": "\u200b".join,
    "full-width": lambda text: text.translate(WIDE),
    "spaced": lambda text: "  ".join(" ".join(word) for word in text.split()),
    "dotted": lambda text: " ".join(".".join(word) for word in text.split()),
}


def abuse(data: list[Row], benign: list[Row], bias: list[Row]) -> None:
    pick = random.Random(SEED)
    judge = held(*ABUSE)
    wanted = [row["text"] for row in data if row["label"]]
    if wanted:
        sample = pick.sample(wanted, min(SAMPLE, len(wanted)))
        plain, count = recall(judge, sample)
        line("abuse: recall", plain, "≥ .95 with the model", rows=count)
        for name, disguise in DISGUISES.items():
            share, count = recall(judge, map(disguise, sample[:1000]))
            line(f"abuse, {name}: points lost", (recall(judge, sample[:1000])[0] - share) * 100, "≤ 2", rows=count)
    neutral = [row["text"] for row in bias if not row["label"]]
    if neutral:
        share, count = recall(judge, pick.sample(neutral, min(SAMPLE, len(neutral))))
        line("identity templates: false alarms", share, "≤ .02", rows=count)
    if benign:
        share, count = recall(held(*ABUSE, "spam"), [row["text"] for row in benign])
        line("clean health posts held by abuse or spam", share, "≤ .01", rows=count)


def repeats(texts: list[str]) -> None:
    """Copies made from texts that differ, and texts that differ as they are."""
    distinct = list({essence(text): text for text in texts if len(essence(text)) > 40}.values())[:1500]
    if not distinct:
        return
    pick = random.Random(SEED)
    past = [essence(text) for text in distinct]
    changes: list[Callable[[str], str]] = [
        lambda text: f"RT @someone: {text}",
        lambda text: f"{text} https://t.example/{pick.randrange(10**6)}",
        str.upper,
        lambda text: f"{text} 🎉👏",
        lambda text: f"🔥 {text.lower()}!!!",
        lambda text: f".@chair {text}",
    ]
    hits = sum(place in copies(essence(pick.choice(changes)(text)), past) for place, text in enumerate(distinct))
    line("repeats: recall", hits / len(distinct), "≥ .99", rows=len(distinct))
    half = len(distinct) // 2
    wrong = [
        text
        for text in distinct[half:]
        if any(
            essence(text) not in past[at] and past[at] not in essence(text) for at in copies(essence(text), past[:half])
        )
    ]
    line("repeats: folded although not the same", float(len(wrong)), "0", rows=len(distinct) - half)


def similar(data: list[Row]) -> None:
    pairs = [row for row in data if row["is_duplicate"]]
    pool = [(place, text) for place, text in enumerate(dict.fromkeys(row["q2"] for row in data))]
    if pairs:
        found = sum(row["q2"] in [text for _, text, _ in most_similar(row["q1"], pool)] for row in pairs)
        line("similar questions: the true one in the top 3", found / len(pairs), "≥ .70", rows=len(pairs))


def speed(texts: list[str]) -> None:
    past = tuple(Recent(essence(text), str(place)) for place, text in enumerate(texts[:200]))
    surroundings = Surroundings(recent=past)
    posts = [Incoming("replay", str(n), Byline("a", ""), text, NOW) for n, text in enumerate(texts[200:])]
    for post in posts[:200]:
        screen(post, Policy(), surroundings)
    times: list[float] = []
    for post in posts:
        begun = time.process_time()  # of this process alone: others may be using the machine
        screen(post, Policy(), surroundings)
        times.append(time.process_time() - begun)
    cuts = statistics.quantiles(times, n=100)
    line("posts a second on one core", f"{1 / statistics.fmean(times):,.0f}", "≥ 2,000", rows=len(times))
    line("a post, p50 and p99, ms", f"{cuts[49] * 1000:.2f}, {cuts[98] * 1000:.2f}", "p99 ≤ 2", rows=len(times))
    read = [Reading.of(post) for post in posts[:500]]
    for check in CHECKS:
        begun = time.process_time()
        for one in read:
            list(check(one, Policy(), surroundings))
        name = check.__module__.rsplit(".", 1)[-1]
        print(f"|   {name}, µs | {(time.process_time() - begun) / len(posts[:500]) * 1e6:.0f} | | {len(posts[:500])} |")


START = """
import time, datetime
begun = time.perf_counter()
from app.domain.screening import screen
from app.domain.screening.surroundings import Surroundings
from app.domain.policy import Policy
from app.domain.incoming import Byline, Incoming
screen(Incoming("x", "1", Byline("a", ""), "hello", datetime.datetime.now(datetime.UTC)), Policy(), Surroundings())
print(time.perf_counter() - begun)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench screening", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="the developers' data; without it, our own voices only")
    parser.add_argument("--part", default="judge", choices=["tune", "judge"], help="which part of the split")
    parser.add_argument("--door", action="store_true", help="rules and heads alone, as where no reader is")
    asked = parser.parse_args()
    print(f"### Unseen: what `training/split.json` calls {asked.part}\n")
    for told in unseen.table(asked.folder, asked.part, reader=not asked.door):
        print(told, flush=True)
    if asked.folder and asked.part == "judge":
        seen(asked.folder)


def seen(folder: Path) -> None:
    """What was written and fitted with these sets before one's eyes, and how fast it is."""
    print("\n### Seen: the sets that the rules were written with\n")
    data = {name: rows(folder, name) for name in FILES}
    print("| what | measured | goal | rows |\n| --- | --- | --- | --- |")
    personal(data["conf_pii"])
    yes_and_no("conference spam", held("spam"), data["conf_spam"], "is_spam", "≥ .95", "≥ .95")
    yes_and_no(
        "question for the speaker",
        said("speaker-question"),
        data["conf_question"],
        "is_speaker_question",
        "≥ .95",
        "≥ .90",
    )
    yes_and_no("venting", said("venting"), data["conf_vent"], "is_vent", "", "≥ .65 at ≤ .05 false")
    similar(data["conf_dup"])
    abuse(data["davidson"], data["health_tweets_benign"], data["bias_madlibs"])
    benign = [row["text"] for row in data["health_tweets_benign"]]
    repeats(benign)
    foreign = [row for row in data["multilingual_hatecheck"] if row["lang"] not in ("en", "english")]
    if foreign:
        line(
            "other languages found",
            recall(said("other-language"), [row["text"] for row in foreign])[0],
            "≥ .75",
            rows=len(foreign),
        )
    if benign:
        line("English taken for another", recall(said("other-language"), benign)[0], "≤ .005", rows=len(benign))
        mixed = benign + [row["text"] for row in data["davidson"]]
        speed(random.Random(SEED).sample(mixed, min(4000, len(mixed))))
    started = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    line("start to first ruling, s", float(started.stdout), "≤ 1", rows=1)


if __name__ == "__main__":
    main()

"""The model card says what the measuring program says, and nobody is judged by what was learned from."""

import json
from pathlib import Path

from bench import unseen

ROOT = Path(__file__).resolve().parent.parent
SPLIT = json.loads((ROOT / "training/split.json").read_text(encoding="utf-8"))
VOICES = ROOT / "training/voices"
PARTS = ("train", "tune", "judge")


def test_the_card_has_the_figures_of_the_program_on_our_own_judging_voices() -> None:
    card = (ROOT / "docs/screening-model-card.md").read_text(encoding="utf-8").splitlines()
    told = "\n".join(unseen.table(None, "judge")).splitlines()
    assert len(told) > 20
    assert [line for line in told if line not in card] == []


def test_a_voice_is_for_one_thing() -> None:
    named = [name for part in PARTS for name in SPLIT["voices"][part]]
    assert len(named) == len(set(named))
    assert {folder.name for folder in VOICES.iterdir() if folder.is_dir()} <= {*named, "__pycache__"}


def test_no_line_of_a_judging_voice_stands_in_another() -> None:
    lines: dict[str, set[str]] = {part: set() for part in PARTS}
    for part in PARTS:
        for row in unseen.split.voices(None, part):
            lines[part].add("".join(row.text.casefold().split()))
    assert lines["judge"]
    assert not lines["judge"] & (lines["train"] | lines["tune"])


def test_what_is_marked_in_our_voices_stands_there() -> None:
    for file in VOICES.glob("w*/pii.jsonl"):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            assert bool(row["has_pii"]) == bool(row["spans"])
            assert all(row["text"][span["start"] : span["end"]] == span["value"] for span in row["spans"])

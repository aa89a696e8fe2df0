"""The weights are those that were made, and what they say of a text hangs on nothing but the text."""

import hashlib
import random
from pathlib import Path

import pytest

from app.domain.screening.reader.combining import shipped as combined
from app.jobs.reader import encoder
from app.jobs.reader.encoder import shipped

ROOT = Path(__file__).resolve().parents[3]
TEXTS = [
    "Who pays for the carers when the project ends?", "you stupid idiot, get off the stage", "", "😀",
    "My client Doreen fell again and nobody came " * 40, "Lovely keynote.",
]  # fmt: skip


def test_the_weights_are_those_that_were_made_and_small_enough() -> None:
    weights = Path(encoder.__file__).with_name("weights.onnx").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == (ROOT / "training/reader/weights.sha256").read_text().strip()
    assert len(weights) <= 25 * 1024 * 1024


def test_every_head_that_is_weighed_is_there() -> None:
    assert {name for head in combined() for name in head.witness} <= set(shipped().heads)


def test_a_text_alone_is_read_as_it_is_among_others() -> None:
    together = shipped().read(TEXTS)
    for text, odds in zip(TEXTS, together, strict=True):
        [alone] = shipped().read([text])
        # Whole numbers are scaled by what stands beside them: a little is lost and found.
        assert all(abs(alone[name] - odds[name]) < 1 for name in shipped().heads)


def test_it_tells_what_a_stranger_would() -> None:
    insult, question = shipped().read(["you stupid idiot, get off the stage", TEXTS[0]])
    assert insult["abuse"] > question["abuse"]
    assert question["question"] > insult["question"]


@pytest.mark.parametrize("seed", range(3))
def test_hostile_text_is_read_in_windows(seed: int) -> None:
    dice = random.Random(seed)
    text = "".join(chr(dice.randrange(0x20, 0x3000)) for _ in range(4000))
    assert shipped().read([text])

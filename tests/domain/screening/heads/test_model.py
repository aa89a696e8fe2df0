"""The weights that are shipped are those that were made, and are added up rightly."""

import hashlib
import math
import random
from importlib.resources import files
from pathlib import Path

import pytest

from app.domain.screening.heads import words
from app.domain.screening.heads.model import Head, Model, features, packed, probability, shipped, unpacked
from app.domain.screening.reading.normal import views

WEIGHTS = files("app.domain.screening.heads") / "weights.bin"
MADE = Path(__file__).parents[4] / "training/heads/weights.sha256"
TEXT = "The evidence on falls in care homes is clearer than it was, said Margaret on Ward 4: why?"
MOST = 2_000_000


def test_the_weights_are_those_that_training_wrote() -> None:
    data = WEIGHTS.read_bytes()
    assert hashlib.sha256(data).hexdigest() == MADE.read_text(encoding="ascii").strip()
    assert len(data) <= MOST


def test_many_heads_are_added_up_as_if_each_were_alone() -> None:
    dice = random.Random(1)
    planes = [dice.randbytes(1 << words.HEADS_BITS) for _ in range(3)]
    model = Model([Head(str(number), 0.01 * (number + 1), -0.5) for number in range(3)], planes)
    said = words.texts(views(TEXT))
    buckets = features(said)
    for number, score in enumerate(model.scores(said)):
        alone = sum(planes[number][bucket] - 128 for bucket in buckets)
        assert score == pytest.approx(-0.5 + 0.01 * (number + 1) * alone / math.sqrt(len(buckets)))


def test_what_stands_at_the_end_of_a_long_post_counts() -> None:
    model = shipped()
    place = model.names.index("abuse")
    filler = "The evidence on falls in care homes is clearer than it was. "
    insult = "you are a stupid pathetic idiot, shut up"
    for count in (6, 30):
        clean = model.scores(words.texts(views(filler * count)))[place]
        assert model.scores(words.texts(views(filler * count + insult)))[place] > clean
        assert model.scores(words.texts(views(insult + " " + filler * count)))[place] > clean


def test_shares_say_where_a_score_comes_from() -> None:
    model = shipped()
    said = words.texts(views("thank you, you stupid idiot"))
    shares = model.shares(said, model.names.index("abuse"))
    assert len(shares) == len(said)
    assert said[max(range(len(said)), key=shares.__getitem__)] in ("stupid", "idiot")


def test_other_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="no weights"):
        unpacked(b"something else")
    with pytest.raises(ValueError, match="another version"):
        unpacked(packed({"bits": 3, "heads": []}, [b"12345678"]))


def test_a_probability_grows_with_the_odds_and_never_overflows() -> None:
    found = [probability(odds) for odds in (-1e9, -3.0, 0.0, 3.0, 1e9)]
    assert found == sorted(found)
    assert found[2] == 0.5

"""A sentence is English to all who take it for a string, and remembers what it was made of."""

import copy
import pickle
from datetime import UTC, datetime

import pytest

from app.domain.sentence import (
    Moment,
    Sentence,
    Written,
    counted,
    from_json,
    said_or_typed,
    to_store,
    together,
    within,
)

NINE = datetime(2026, 6, 11, 9, 5, 7, tzinfo=UTC)
SENTENCES = [
    Sentence("It has no words."),
    Sentence("At 100 % of what is allowed."),
    Sentence("Its link leads to %(host)s.", host="bit.example"),
    counted("%(num)d post waits", "%(num)d posts wait", 1),
    counted("%(num)d post waits", "%(num)d posts wait", 3),
    Sentence("It looks like spam: %(reasons)s.", reasons=(Sentence("a link"), counted("1 tag", "%(num)d tags", 4))),
    together([Sentence("No."), Sentence("Line %(number)d: %(why)s", number=3, why=Sentence("the title is missing."))]),
    *(Sentence("Since %(time)s.", time=Moment(NINE, how)) for how in Written),
]


def test_it_reads_as_english() -> None:
    assert [str(sentence) for sentence in SENTENCES] == [
        "It has no words.",
        "At 100 % of what is allowed.",
        "Its link leads to bit.example.",
        "1 post waits",
        "3 posts wait",
        "It looks like spam: a link, 4 tags.",
        "No. Line 3: the title is missing.",
        "Since 09:05.",
        "Since 09:05:07.",
        "Since 09:05 UTC.",
        "Since 2026-06-11 09:05.",
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_was_stored_is_the_same_sentence_again(sentence: Sentence) -> None:
    again = from_json(sentence.as_json())
    assert (again, again.message, again.many, dict(again.facts)) == (
        sentence, sentence.message, sentence.many, dict(sentence.facts),
    )  # fmt: skip


TYPED = (
    "", "Lunch", '{"message": ', '{"message": "Lunch"}', '{"message": 7}', '{"message": "%(a)d", "facts": {"a": "b"}}',
    '{"message": "%", "facts": {"a": 1}}', '{"message": "a", "facts": 7}', '{"message": "a", "facts": {"a": {"at": 1}}}',
    '{"message": ' + "[" * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_what_somebody_typed_is_never_taken_for_a_sentence(typed: str) -> None:
    assert said_or_typed(to_store(typed)) == typed
    assert said_or_typed(to_store(said_or_typed(to_store(typed)))) == typed


@pytest.mark.parametrize("damaged", TYPED, ids=range(len(TYPED)))
def test_what_is_damaged_can_be_read(damaged: str) -> None:
    """Also what stands there from before it was told apart."""
    assert isinstance(said_or_typed(damaged), str)


@pytest.mark.parametrize(
    "damaged", [{}, {"message": 7}, {"message": "%(a)d", "facts": {"a": "b"}}, {"message": "m", "facts": {"a": {}}}]
)
def test_of_a_damaged_sentence_the_message_is_read(damaged: dict[str, object]) -> None:
    assert from_json(damaged) == str(damaged.get("message", ""))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_stored_as_what_it_was_made_of(sentence: Sentence) -> None:
    again = said_or_typed(to_store(sentence))
    assert isinstance(again, Sentence)
    assert (again, again.message) == (sentence, sentence.message)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), str])
def test_a_copy_remembers_too(copied) -> None:
    assert copied(SENTENCES[2]).message == "Its link leads to %(host)s."


def test_only_what_is_too_long_is_cut() -> None:
    assert within(SENTENCES[2], 400) is SENTENCES[2]
    assert within(SENTENCES[2], 8) == "Its link"

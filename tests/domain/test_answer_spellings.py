"""Which question a post names: the usual spellings are read, what only looks like one is left alone."""

import pytest

from app.domain.answer_spellings import number_said
from tests.domain.answers_spelled import NOT_SAID, SAID

KNOWN = range(1, 9)


@pytest.mark.parametrize(("text", "number"), SAID)
def test_a_question_is_named_in_all_usual_spellings(text: str, number: int) -> None:
    assert number_said(text, KNOWN) == number


@pytest.mark.parametrize("text", NOT_SAID)
def test_roads_paper_and_medicine_are_no_answers(text: str) -> None:
    assert number_said(text, KNOWN) is None


def test_only_a_question_that_is_there_is_named() -> None:
    assert number_said("A7: tea", range(1, 5)) is None
    assert number_said("A7: tea", []) is None


@pytest.mark.parametrize("piece", ["@a ", "#b ", "... ", "A ", "A1", "for ", "https://t.co/x ", "\n", "Hello! a "])
def test_any_text_is_read_to_its_end(piece: str) -> None:
    number_said(piece * 4_000, KNOWN)

"""A language is told when there is enough of it."""

import pytest

from app.domain.screening.checks.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("les infirmières sont très fatiguées mais elles restent avec nous", "fr"),
        ("nie wiem, czy to jest dobre dla pacjentów w domu", "pl"),
        ("mae angen mwy o staff ar y ward heno yn y ddinas", "cy"),
        ("مرحبا بكم جميعا في المؤتمر", "ar"),
        ("the carers on our ward are very tired today", "en"),
        ("ok", ""),
    ],
)
def test_a_language_is_told_when_there_is_enough_of_it(text: str, language: str) -> None:
    assert detect(text) == language

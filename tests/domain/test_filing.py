"""Where a post of a chat stands: the surest sign decides, and what came in a moment too late is not taken for the next."""

from datetime import timedelta

import pytest

from app.domain.filing import Arrived, Filed, due, filed, next_to_release, numbered
from app.domain.prompt import FiledBy, Prompt, PromptKind
from tests.conftest import NOON

MINUTE = timedelta(minutes=1)
TEXTS = (
    "Welcome! Say who you are",
    "What helped you most in your first week?",
    "What would you change?",
    "Thank you all",
)
KINDS = (PromptKind.WELCOME, PromptKind.QUESTION, PromptKind.QUESTION, PromptKind.CLOSING)
PROMPTS = [
    Prompt(id=place + 1, event_id=1, kind=kind, place=place, number=number, text=text, minute=10 * place)
    for place, (text, kind, number) in enumerate(zip(TEXTS, KINDS, numbered(KINDS), strict=True))
]
for _prompt in PROMPTS:
    _prompt.released_at = NOON + (_prompt.minute or 0) * MINUTE


def at(minute: float, text: str = "Somebody made me tea", **more: object) -> Filed | None:
    return filed(Arrived(text, NOON + minute * MINUTE, **more), PROMPTS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minute", "text", "more", "place", "by"),
    [
        (12, "Somebody made me tea", {}, 2, FiledBy.TIME),
        (3, "Hello from Leeds", {}, 1, FiledBy.TIME),
        (95, "Late, but still", {}, 4, FiledBy.TIME),
        (20.2, "Just written under the one before", {}, 2, FiledBy.TIME),
        (20.4, "Read it, and answered", {}, 3, FiledBy.TIME),
        (25, "A1 late to this", {}, 2, FiledBy.SPELLED),
        (25, "A1 late to this", {"asked_prompt": 3}, 2, FiledBy.SPELLED),
        (25, "late to this", {"asked_prompt": 2}, 2, FiledBy.PHONE),
        (25, "late to this", {"asked_prompt": 77}, 3, FiledBy.TIME),
        (25, "So true", {"under": Filed(2, FiledBy.TIME)}, 2, FiledBy.REPLY),
        (25, "A2 and this too", {"under": Filed(2, FiledBy.TIME)}, 3, FiledBy.SPELLED),
        (25, "My mentor", {"quotes": Filed(2, FiledBy.ITSELF)}, 2, FiledBy.QUOTE),
        (25, "My mentor", {"quoted_text": "Q1: What helped you most in your first week? #tea"}, 2, FiledBy.QUOTE),
        (25, "Q1 What helped you most in your first week? #tea", {}, 2, FiledBy.ITSELF),
        (25, "RT @host: Q1 What helped you most in your first week? #tea", {}, 2, FiledBy.REPEAT),
        (25, "“Q1 What helped you most in your first week?” My mentor did, every single day", {}, 2, FiledBy.SPELLED),
    ],
)  # fmt: skip
def test_the_surest_sign_decides(minute: float, text: str, more: dict[str, object], place: int, by: FiledBy) -> None:
    assert at(minute, text, **more) == Filed(place, by)


def test_what_came_before_all_prompts_stands_under_none() -> None:
    assert at(-1) is None


def test_the_clock_releases_the_last_one_that_is_due_and_never_one_behind_a_hand() -> None:
    planned = [one.model_copy(update={"released_at": None}) for one in PROMPTS]
    assert due(planned, NOON, NOON - MINUTE) is None
    assert due(planned, NOON, NOON + 21 * MINUTE) == planned[2]
    planned[2].released_at = NOON + 5 * MINUTE
    assert due(planned, NOON, NOON + 21 * MINUTE) is None
    assert next_to_release(planned) == planned[3]


def test_only_questions_are_numbered() -> None:
    assert numbered(KINDS) == [0, 1, 2, 0]

"""Under which prompt a post of a chat stands: by what it says, what it answers or quotes, else by when it came."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.answer_spellings import number_said
from app.domain.prompt import FiledBy, Prompt, PromptKind

NOBODY_ANSWERS_WITHIN = timedelta(seconds=20)
"""Whoever posts so soon after a prompt has written under the one before."""
OWN_WORDS = 5
"""So many words beside a prompt's own are an answer that quotes it."""


@dataclass(frozen=True, slots=True)
class Filed:
    prompt_id: int
    by: FiledBy


@dataclass(frozen=True, slots=True)
class Arrived:
    """What filing looks at. `under` is where the post stands that it answers, `quotes` where the one it quotes does."""

    text: str
    posted_at: datetime
    asked_prompt: int | None = None
    """The prompt that the phone showed when it was written."""
    under: Filed | None = None
    quotes: Filed | None = None
    quoted_text: str = ""


def filed(post: Arrived, prompts: Sequence[Prompt]) -> Filed | None:
    """None for what came before all prompts."""
    for prompt in prompts:
        if (as_itself := _is_prompt(post.text, prompt)) is not None:
            return Filed(prompt.id, as_itself)
    numbers = {prompt.number: prompt.id for prompt in prompts if prompt.number}
    if (number := number_said(post.text, numbers.keys())) is not None:
        return Filed(numbers[number], FiledBy.SPELLED)
    if post.asked_prompt is not None and post.asked_prompt in {prompt.id for prompt in prompts}:
        return Filed(post.asked_prompt, FiledBy.PHONE)
    if post.under is not None:
        return Filed(post.under.prompt_id, FiledBy.REPLY)
    if (quoted := post.quotes or _quoted(post.quoted_text, prompts)) is not None:
        return Filed(quoted.prompt_id, FiledBy.QUOTE)
    return _by_time(post.posted_at, prompts)


def _is_prompt(text: str, prompt: Prompt) -> FiledBy | None:
    """Whether a post is a prompt as its host posts it, or only passes it on; None if it says something of its own."""
    own, said = words_of(prompt.text), words_of(text)
    if len(own) < 3 or (at := _place(own, said)) is None:
        return None
    around = [word for word in (*said[:at], *said[at + len(own) :]) if word != prompt.label.lower()]
    repeats = bool(_REPEATS.match(text.strip()))
    if len(around) > OWN_WORDS and not repeats:
        return None
    return FiledBy.REPEAT if repeats else FiledBy.ITSELF


_REPEATS = re.compile(r"(?:RT|MT)\b|[\"“”«]?\s*@\w+:", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """A text's words for comparing, without tags, people and links."""
    plain = re.sub(r"https?://\S+|[@#]\w+", " ", unicodedata.normalize("NFKC", text))
    return re.findall(r"\w+", plain.lower().replace("’", "'").replace("'", ""))


def _place(own: Sequence[str], said: Sequence[str]) -> int | None:
    return next((at for at in range(len(said) - len(own) + 1) if said[at : at + len(own)] == own), None)


def _quoted(text: str, prompts: Sequence[Prompt]) -> Filed | None:
    """By the words of what is quoted: its prompt, or one that says its number."""
    if not text:
        return None
    numbers = {prompt.number: prompt.id for prompt in prompts if prompt.number}
    named = numbers.get(number_said(text, numbers.keys()) or 0)
    found = next((prompt.id for prompt in prompts if _is_prompt(text, prompt)), named)
    return Filed(found, FiledBy.QUOTE) if found is not None else None


def _by_time(at: datetime, prompts: Sequence[Prompt]) -> Filed | None:
    """The one that ran when it was written, or a moment before."""
    released = sorted((one for one in prompts if one.released_at), key=lambda one: (one.released_at, one.place))
    ran = [one for one in released if one.released_at and one.released_at + NOBODY_ANSWERS_WITHIN <= at]
    just = [one for one in released if one.released_at and one.released_at <= at]
    found = ran[-1] if ran else just[-1] if just else None
    return Filed(found.id, FiledBy.TIME) if found else None


def next_to_release(prompts: Sequence[Prompt]) -> Prompt | None:
    """The first one behind all that were released."""
    last = max((one.place for one in prompts if one.released_at), default=-1)
    return next((one for one in sorted(prompts, key=lambda one: one.place) if one.place > last), None)


def due(prompts: Sequence[Prompt], begun: datetime, at: datetime) -> Prompt | None:
    """What the clock releases: the last planned one whose minute has come, behind all that were released."""
    last = max((one.place for one in prompts if one.released_at), default=-1)
    planned = (one for one in prompts if one.minute is not None and one.place > last)
    came = [one for one in planned if begun + timedelta(minutes=one.minute or 0) <= at]
    return max(came, key=lambda one: one.place, default=None)


def numbered(kinds: Sequence[PromptKind]) -> list[int]:
    """The number of each prompt: questions count, the others have none."""
    found, count = [], 0
    for kind in kinds:
        count += kind is PromptKind.QUESTION
        found.append(count if kind is PromptKind.QUESTION else 0)
    return found

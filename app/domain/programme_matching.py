"""A programme as a file tells it, and what of an Event's own programme it would change. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.sentence import Said, Sentence
from app.domain.talk import Talk


class UnreadableProgramme(Said):
    """A file that cannot be taken for a programme; says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    """A Talk as a file has it. `key` is its identifier there, unique within the file; times are aware."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    speakers: tuple[str, ...] = ()
    do_not_share: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    title: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Programme:
    """All that was read of a file: what becomes Talks, what does not and why, and what somebody should look at."""

    format: str
    zone: str
    talks: tuple[PlannedTalk, ...]
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeChanges:
    """What an import does: Talks that are new, that are kept with other details, and that the file has no more."""

    added: tuple[PlannedTalk, ...]
    changed: tuple[tuple[Talk, PlannedTalk], ...]
    """Another title, other speakers, another end."""
    moved: tuple[tuple[Talk, PlannedTalk], ...]
    """Another time or another room: one and the same Talk all the same."""
    same: tuple[tuple[Talk, PlannedTalk], ...]
    removed: tuple[Talk, ...]
    """Only what an import had brought; what was typed by hand stays."""


def changes(present: Sequence[Talk], planned: Sequence[PlannedTalk]) -> ProgrammeChanges:
    """Match Talks with those of a file: by identifier, else by title and speakers, else by place and time.

    Each step pairs only what is unique on both sides, so that two talks of one title never change places.
    """
    left, wanted = list(present), list(planned)
    pairs: list[tuple[Talk, PlannedTalk]] = []
    steps: tuple[tuple[Callable[[Talk], object], Callable[[PlannedTalk], object]], ...] = (
        (lambda talk: talk.key or None, lambda plan: plan.key or None),
        (
            lambda talk: (normal(talk.title), people(talk.speakers), talk.starts_at),
            lambda plan: (normal(plan.title), people(plan.speakers), plan.starts_at),
        ),
        (
            lambda talk: (normal(talk.title), people(talk.speakers)),
            lambda plan: (normal(plan.title), people(plan.speakers)),
        ),
        (lambda talk: (talk.room, talk.starts_at), lambda plan: (plan.room, plan.starts_at)),
    )
    for of_talk, of_plan in steps:
        found = _paired(left, wanted, of_talk, of_plan)
        pairs += found
        taken = {id(talk) for talk, _ in found}, {id(plan) for _, plan in found}
        left = [talk for talk in left if id(talk) not in taken[0]]
        wanted = [plan for plan in wanted if id(plan) not in taken[1]]
    moved = [pair for pair in pairs if _moved(*pair)]
    changed = [pair for pair in pairs if not _moved(*pair) and _differs(*pair)]
    same = [pair for pair in pairs if not _moved(*pair) and not _differs(*pair)]
    removed = tuple(talk for talk in left if talk.key)
    return ProgrammeChanges(tuple(wanted), tuple(changed), tuple(moved), tuple(same), removed)


def unique_keys(entries: Iterable[tuple[Sequence[str], str]]) -> list[str]:
    """For each entry the best identifier that is unique among all. Entries: identifiers, best first, and a last resort.

    Identifiers repeat in real files: a talk on two slots, files merged from several, copied from another conference.
    """
    entries = list(entries)
    used = Counter(one for ids, _ in entries for one in dict.fromkeys(ids))
    resorts = Counter(resort for _, resort in entries)
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for ids, resort in entries:
        key = next((one for one in ids if used[one] == 1), resort)
        if key == resort and resorts[resort] > 1:
            seen[resort] += 1
            key = f"{resort}#{seen[resort]}"
        keys.append(key)
    return keys


def normal(text: str) -> str:
    """What two spellings of a title share: letters and digits, in small."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", plain)) or plain.strip()


def people(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normal, names))


def _paired(
    talks: Sequence[Talk],
    plans: Sequence[PlannedTalk],
    of_talk: Callable[[Talk], object],
    of_plan: Callable[[PlannedTalk], object],
) -> list[tuple[Talk, PlannedTalk]]:
    ours, theirs = Counter(map(of_talk, talks)), Counter(map(of_plan, plans))
    by_sign = {of_talk(talk): talk for talk in talks}
    return [
        (by_sign[sign], plan)
        for plan in plans
        if (sign := of_plan(plan)) is not None and ours[sign] == 1 and theirs[sign] == 1
    ]


def _moved(talk: Talk, plan: PlannedTalk) -> bool:
    return (talk.starts_at, talk.room) != (plan.starts_at, plan.room)


def _differs(talk: Talk, plan: PlannedTalk) -> bool:
    ours = (talk.key, talk.title, talk.ends_at, tuple(talk.speakers))
    marks = plan.do_not_share and not talk.do_not_share
    return marks or ours != (plan.key, plan.title, plan.ends_at, plan.speakers)

"""From what a reader found to a programme: times get their zone, ends are filled in, what is no talk is set aside."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.programme_matching import PlannedTalk, Programme, Skipped, normal, people, unique_keys
from app.domain.sentence import Sentence, counted
from app.files.programme.found_talks import (
    CANCELLED,
    CLOSED,
    NO_TIME,
    NO_TITLE,
    TWICE,
    FoundProgramme,
    FoundTalk,
)

LONGEST_TITLE, LONGEST_ROOM, LONGEST_NAME = 200, 80, 120
USUAL = timedelta(minutes=45)
"""How long a talk lasts whose end the file does not tell, if nothing follows in its room sooner."""
LONGEST = timedelta(hours=24)
EARLY = 7
_CANCELLED = re.compile(
    r"\W*(?:cancell?ed|abgesagt|annul[ée]e?|cancelad[oa]|entfällt|canslwyd)\b|.*[\[(](?:cancell?ed|abgesagt)[\])]\W*$",
    re.IGNORECASE | re.DOTALL,
)


def settle(found: FoundProgramme, zone: str, *, chosen: str = "") -> Programme:
    """What becomes of the entries. Times without a zone are of `chosen`, else of the file's zone, else of `zone`."""
    meant = chosen or found.zone or zone
    where = ZoneInfo(meant)
    skipped: list[Skipped] = []
    kept: list[FoundTalk] = []
    for talk in found.talks:
        _tidy(talk, where)
        why = _why_not(talk)
        if why is None:
            kept.append(talk)
        else:
            skipped.append(Skipped(talk.title, why))
    kept, repeated = _once(kept)
    skipped += [Skipped(talk.title, TWICE) for talk in repeated]
    filled = _fill_ends(kept)
    warnings = [*found.warnings, *_warnings(kept, where, filled), *_elsewhere(kept, where)]
    if not found.zone and not chosen and any(talk.starts_at and talk.starts_at.tzinfo is where for talk in kept):
        warnings.append(Sentence("The file does not say its time zone; its times are read as %(zone)s.", zone=meant))
    kept.sort(key=lambda talk: (_start(talk), talk.room, talk.title))
    keys = unique_keys((talk.ids, _resort(talk)) for talk in kept)
    talks = tuple(_planned(key, talk, where) for key, talk in zip(keys, kept, strict=True))
    return Programme(found.format, meant, talks, tuple(skipped), tuple(warnings))


def _tidy(talk: FoundTalk, where: ZoneInfo) -> None:
    talk.title = " ".join(talk.title.replace("\x00", "").split())
    talk.room = " ".join(talk.room.replace("\x00", "").split())[:LONGEST_ROOM]
    names = (" ".join(name.replace("\x00", "").split())[:LONGEST_NAME] for name in talk.speakers)
    talk.speakers = list(dict.fromkeys(name for name in names if name))
    for side in ("starts_at", "ends_at"):
        at = getattr(talk, side)
        if at is not None and at.tzinfo is None:
            setattr(talk, side, at.replace(tzinfo=where))
    if talk.starts_at is not None and talk.ends_at is None and talk.lasts:
        talk.ends_at = _later(talk.starts_at, talk.lasts)


def _later(at: datetime, by: timedelta) -> datetime:
    """So much later on a stopwatch, whatever the clock on the wall does that night."""
    return datetime.fromtimestamp(at.timestamp() + by.total_seconds(), at.tzinfo)


def _why_not(talk: FoundTalk) -> Sentence | None:
    if talk.why_not is not None:
        return talk.why_not
    if _CANCELLED.match(talk.title):
        return CANCELLED
    if not talk.title:
        return NO_TITLE
    if talk.starts_at is None:
        return NO_TIME
    if talk.ends_at is not None and talk.ends_at < talk.starts_at:
        return CLOSED
    return None


def _once(talks: Sequence[FoundTalk]) -> tuple[list[FoundTalk], list[FoundTalk]]:
    """Entries that say the same of the same slot stand for one talk."""
    seen: set[object] = set()
    first: list[FoundTalk] = []
    repeated: list[FoundTalk] = []
    for talk in talks:
        sign = (normal(talk.title), talk.starts_at, talk.room, people(talk.speakers))
        (repeated if sign in seen else first).append(talk)
        seen.add(sign)
    return first, repeated


def _fill_ends(talks: Iterable[FoundTalk]) -> int:
    """Give an end to those without: when the next one in their room begins. Says how many there were."""
    starts: dict[str, list[datetime]] = defaultdict(list)
    talks = list(talks)
    for talk in talks:
        starts[talk.room].append(_start(talk))
    for times in starts.values():
        times.sort()
    open_ended = [talk for talk in talks if talk.ends_at is None or talk.ends_at == talk.starts_at]
    for talk in open_ended:
        begins = _start(talk)
        following = next((at for at in starts[talk.room] if at > begins), None)
        soon = following is not None and following - begins <= 2 * USUAL
        talk.ends_at = following if soon else _later(begins, USUAL)
    for talk in talks:
        if talk.ends_at is not None and talk.ends_at - _start(talk) > LONGEST:
            talk.ends_at = _later(_start(talk), LONGEST)
    return len(open_ended)


def _warnings(talks: Sequence[FoundTalk], where: ZoneInfo, filled: int) -> list[Sentence]:
    told = []
    if filled:
        told.append(
            counted(
                "%(num)d talk has no end in the file; it ends when the next one in its room begins, or after "
                "45 minutes.",
                "%(num)d talks have no end in the file; each ends when the next one in its room begins, or after "
                "45 minutes.",
                filled,
            )
        )
    long = sum(len(talk.title) > LONGEST_TITLE for talk in talks)
    if long:
        told.append(
            counted(
                "%(num)d title is longer than %(most)d letters and is cut.",
                "%(num)d titles are longer than %(most)d letters and are cut.",
                long,
                most=LONGEST_TITLE,
            )
        )
    hours = [_start(talk).astimezone(where).hour for talk in talks]
    if sum(hour < EARLY for hour in hours) * 4 > len(hours):
        told.append(
            Sentence("Many talks begin before seven in the morning. Is %(zone)s the right zone?", zone=where.key)
        )
    return told


def _elsewhere(talks: Sequence[FoundTalk], where: ZoneInfo) -> list[Sentence]:
    """The file's clock differs from the event's: right for who follows from elsewhere, wrong for a hall."""
    starts = [_start(talk) for talk in talks]
    offsets = Counter(
        f"{at:%z}" for at in starts if at.utcoffset() and at.utcoffset() != at.astimezone(where).utcoffset()
    )
    if sum(offsets.values()) * 2 <= len(starts):
        return []
    offset = offsets.most_common(1)[0][0]
    told = "The file's clock is UTC%(offset)s; the event's is %(zone)s. Is it the right zone?"
    return [Sentence(told, offset=f"{offset[:3]}:{offset[3:5]}", zone=where.key)]


def _start(talk: FoundTalk) -> datetime:
    if talk.starts_at is None:
        raise ValueError(talk)
    return talk.starts_at


def _resort(talk: FoundTalk) -> str:
    """A key for who has none: title and speakers, which outlive a move."""
    return f"title:{normal(talk.title)[:120]}|{' '.join(sorted(people(talk.speakers)))[:120]}"


def _planned(key: str, talk: FoundTalk, where: ZoneInfo) -> PlannedTalk:
    title = talk.title if len(talk.title) <= LONGEST_TITLE else talk.title[: LONGEST_TITLE - 1].rstrip() + "…"
    starts_at, ends_at = _start(talk).astimezone(where), (talk.ends_at or _start(talk)).astimezone(where)
    return PlannedTalk(key[:300], title, starts_at, ends_at, talk.room, tuple(talk.speakers), talk.do_not_share)

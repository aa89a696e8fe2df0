"""A day as a picture: small charts one below the other, on one axis of time, with the programme under them.

Places are shares of the width in percent, so that nothing but the bars is stretched; a script is not needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.network import Networks
from app.domain.sentence import Sentence
from app.domain.talk import Talk
from app.queries.day_figures import DayFigures, TalkFigures

_POSTS = ("arrived", "shown", "declined")
COMPARED = dict.fromkeys(_POSTS, _POSTS)
"""What has one scale: as many posts are as high everywhere."""
FROM_PHONES = Sentence("Posts from phones in the room")
FROM = Sentence("Posts from %(network)s")
SHOWN = Sentence("Shown for the first time")
DECLINED = Sentence("Declined")
WAITED = Sentence("The longest wait, in minutes")
AT_THE_DESK = Sentence("Decisions of %(person)s")


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One row: what it says in words, and its bars. Rows of a `group` share their scale."""

    label: Sentence
    kind: str
    total: int | None
    """None where numbers do not add up, as of waits."""
    most: float
    most_at: datetime | None
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Hour:
    at: datetime
    x: str
    is_even: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A talk in the programme under the charts."""

    figures: TalkFigures
    x: str
    width: str
    lane: int

    @property
    def talk(self) -> Talk:
        return self.figures.talk


@dataclass(frozen=True, slots=True)
class TableHour:
    """An hour of the table that says the same."""

    at: datetime
    numbers: list[float]


@dataclass(frozen=True, slots=True)
class DayPicture:
    figures: DayFigures
    charts: list[Chart]
    hours: list[Hour]
    rooms: list[tuple[str, list[Block]]]
    table: list[TableHour]
    minutes: int
    """How long a step is."""


def draw(figures: DayFigures, networks: Networks, zone: ZoneInfo) -> DayPicture:
    labels = [
        (FROM_PHONES if source == "floor" else FROM.filled(network=networks.label(source)), "arrived", counts)
        for source, counts in figures.arrived.items()
    ]
    rows: list[tuple[Sentence, str, Sequence[float]]] = [
        *labels,
        (SHOWN, "shown", figures.shown),
        (DECLINED, "declined", figures.declined),
        (WAITED, "waited", [seconds / 60 for seconds in figures.waited]),
        *((AT_THE_DESK.filled(person=by), "people", counts) for by, counts in figures.people.items()),
    ]
    tops = {
        kind: max(max(values, default=0) for _, its, values in rows if its in COMPARED.get(kind, (kind,)))
        for _, kind, _ in rows
    }
    return DayPicture(
        figures=figures,
        charts=[chart(figures.begins, figures.step, label, kind, values, tops[kind]) for label, kind, values in rows],
        hours=_hours(figures, zone),
        rooms=_rooms(figures),
        table=_table(figures, rows),
        minutes=int(figures.step / timedelta(minutes=1)),
    )


def chart(begins: datetime, step: timedelta, label: Sentence, kind: str, values: Sequence[float], top: float) -> Chart:
    """One row of bars, a step each; as high as the picture is what is as much as `top`."""
    wide, most = 100 / len(values), max(values, default=0)
    bars = [
        Bar(_percent(place * wide), _percent(wide * 0.86), _percent(100 - high), _percent(high))
        for place, value in enumerate(values)
        if (high := 100 * value / top if top else 0) > 0
    ]
    at = begins + step * list(values).index(most) if most else None
    return Chart(label, kind, None if kind == "waited" else int(sum(values)), most, at, bars)


def _hours(figures: DayFigures, zone: ZoneInfo) -> list[Hour]:
    place = _placed(figures)
    count = round((figures.ends - figures.begins) / timedelta(hours=1))
    times = [figures.begins + timedelta(hours=number) for number in range(count)]
    return [Hour(at, _percent(place(at)), at.astimezone(zone).hour % 2 == 0) for at in times]


def _rooms(figures: DayFigures) -> list[tuple[str, list[Block]]]:
    """The talks of each room; what overlaps within one stands in lanes."""
    place, found = _placed(figures), dict[str, list[Block]]()
    for one in figures.talks:
        blocks = found.setdefault(one.talk.room, [])
        busy = {block.lane for block in blocks if block.talk.ends_at > one.talk.starts_at}
        lane = next(lane for lane in range(len(blocks) + 1) if lane not in busy)
        x, end = place(one.talk.starts_at), place(min(one.talk.ends_at, figures.ends))
        blocks.append(Block(one, _percent(x), _percent(max(end - x - 0.15, 0.3)), lane))
    return list(found.items())


def _table(figures: DayFigures, rows: Sequence[tuple[Sentence, str, Sequence[float]]]) -> list[TableHour]:
    an_hour = timedelta(hours=1)
    per_hour = max(1, int(an_hour / figures.step))

    def number(kind: str, values: Sequence[float]) -> float:
        return max(values, default=0) if kind == "waited" else sum(values)

    return [
        TableHour(
            figures.begins + figures.step * first,
            [number(kind, values[first : first + per_hour]) for _, kind, values in rows],
        )
        for first in range(0, figures.steps, per_hour)
    ]


def _placed(figures: DayFigures) -> Callable[[datetime], float]:
    return lambda at: 100 * ((at - figures.begins) / (figures.ends - figures.begins))


def _percent(number: float) -> str:
    return f"{min(max(number, 0), 100):.2f}%"

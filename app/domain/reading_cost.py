"""What reading a network costs: its prices, what was read on a day, and what an organiser allows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.sentence import Sentence, counted, together

SETTLED = timedelta(minutes=10)
"""A pace is told from so long a time on."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a network asks for, charged once for each post and UTC day however often it is read."""

    post: float
    sign: str = "$"

    def of(self, posts: float) -> float:
        return posts * self.post

    def said(self, money: float) -> str:
        return f"{self.sign}{money:.2f}"


@dataclass(frozen=True, slots=True)
class Read:
    """What was delivered: ids of posts, and how many people and pictures came along with them."""

    posts: frozenset[str] = frozenset()
    along: frozenset[str] = frozenset()

    def __or__(self, other: "Read") -> "Read":
        return Read(self.posts | other.posts, self.along | other.along)

    def __bool__(self) -> bool:
        return bool(self.posts or self.along)


@dataclass(frozen=True, slots=True)
class Spent:
    """How much was read: by all events today, of it by one, by that one in all; `told` is the network's own count."""

    today: int = 0
    along: int = 0
    event: int = 0
    told: int = 0

    @property
    def charged(self) -> int:
        """Other programs may read with the same credential: whoever counts more is right."""
        return max(self.today, self.told)


class MeterDay(SQLModel, table=True):
    """How many posts of a network an Event was the first to read on one UTC day, and how much came along."""

    __table_args__ = (UniqueConstraint("event_id", "kind", "day"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    kind: str = Field(max_length=16)
    day: str = Field(max_length=10)
    posts: int = 0
    along: int = 0


class MeterRest(SQLModel, table=True):
    """How much Events that were deleted have read of a network on one UTC day: it is paid for all the same."""

    kind: str = Field(primary_key=True, max_length=16)
    day: str = Field(primary_key=True, max_length=10)
    posts: int = 0
    along: int = 0


class MeterRef(SQLModel, table=True):
    """That this was read on this UTC day and is paid for. Ids only, and gone the day after."""

    kind: str = Field(primary_key=True, max_length=16)
    day: str = Field(primary_key=True, max_length=10)
    ref: str = Field(primary_key=True, max_length=80)


def day_of(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def next_midnight(at: datetime) -> datetime:
    """When networks begin to charge anew."""
    tomorrow: date = at.astimezone(UTC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), UTC)


def cap_of(chosen: object) -> float | None:
    """What an organiser typed as the most that a day may cost; None if that is no amount. "0" is one."""
    text = str(chosen or "").strip().lstrip("$€£").replace(",", ".").strip()
    try:
        amount = float(text)
    except ValueError:
        return None
    return amount if 0 <= amount < 1_000_000 else None  # neither is a number that is none


def allowed_posts(prices: Prices, cap: float | None, spent: Spent) -> int | None:
    """How many more may be read today; None if nobody set a cap."""
    if cap is None:
        return None
    return max(0, int(cap / prices.post + 1e-6) - spent.charged)


def forecast(spent: Spent, seen: Iterable[tuple[datetime, int]], at: datetime) -> int | None:
    """How many will have been read at midnight UTC at the pace of `seen` (when, so many by then), if that is known."""
    known = list(seen)
    if not known or at - known[0][0] < SETTLED:
        return None
    (began, first), (ended, last) = known[0], known[-1]
    pace = max(0, last - first) / max((ended - began).total_seconds(), 1.0)
    return round(spent.charged + pace * (next_midnight(at) - at).total_seconds())


def told_cost(
    prices: Prices, spent: Spent, *, cap: float | None, ahead: int | None, kept: int, rarely: int = 0
) -> Sentence:
    """The meter, in words for the organiser; '' while there is nothing to tell.

    So many posts that are `kept` are read on each further day, and so many from time to time.
    """
    if not (spent.charged or spent.event or kept or rarely or cap is not None):
        return Sentence("")
    said: list[str] = [
        counted(
            "%(num)d post read today (UTC), about %(cost)s.",
            "%(num)d posts read today (UTC), about %(cost)s.",
            spent.charged,
            cost=prices.said(prices.of(spent.charged)),
        ),
        counted("%(num)d author or picture came along.", "%(num)d authors and pictures came along.", spent.along),
        Sentence("This event so far: %(cost)s.", cost=prices.said(prices.of(spent.event))),
    ]
    if ahead is not None and ahead > spent.charged:
        said.append(Sentence("At this pace %(cost)s by midnight UTC.", cost=prices.said(prices.of(ahead))))
    if kept:
        again = prices.said(prices.of(kept))
        said.append(Sentence("Looking after what is kept: %(cost)s on each further day.", cost=again))
    if rarely:
        again = prices.said(prices.of(rarely))
        said.append(
            Sentence(
                "What is on no screen is looked through after a day, two, four, eight and so on: %(cost)s each time.",
                cost=again,
            )
        )
    if cap is not None:
        said.append(Sentence("Reading stops at %(cap)s a day.", cap=prices.said(cap)))
    return together(said)

"""The shelf: every link that somebody shared and a screen may show, once, with who recommended it and under what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast
from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.linked import addresses_in
from app.domain.post import Post
from app.domain.prompt import Prompt
from app.domain.resource import Mark, Resource, ResourceKind, TitleState, key_of
from app.domain.resource_kinds import kind_of
from app.domain.series import Series
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.domain.web_addresses import cleaned, doi_in, host_of, identity, shown_address
from app.queries.do_not_share import kept_back
from app.queries.meets import notes_of
from app.queries.posts import Card, has_screens, shown_cards
from app.queries.programme import all_talks
from app.queries.prompts import answers_of, prompts_of
from app.queries.series import editions_of_pattern

NOT_YET_READ = {TitleState.HELD, TitleState.UNREAD}
"""By people: what a moderator may look at, and nobody else."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """That somebody shared it, in a post that is shown or in the notes of a meet; and under what, if anything."""

    card: Card | None
    """None for what stands in notes."""
    under: Talk | Prompt | None
    event_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Resourced:
    """A resource as the shelf shows it."""

    key: str
    url: str
    title: str
    """Of its page; '' where none may be shown."""
    kind: ResourceKind
    mark: Mark
    doi: str
    dead_since: datetime | None
    recommended: tuple[Recommended, ...]
    """The earliest first."""
    held_title: str = ""
    """What its page is called, for a moderator to look at."""
    title_by_page: bool = False
    """The title that is shown came from its page, not with a post."""

    @property
    def name(self) -> str:
        return self.title or shown_address(self.url)

    @property
    def site(self) -> str:
        return host_of(self.url)

    @property
    def first_at(self) -> datetime:
        return self.recommended[0].at

    @property
    def under(self) -> Talk | Prompt | None:
        return next((one.under for one in self.recommended if one.under is not None), None)

    @property
    def by(self) -> tuple[Card, ...]:
        """Each author once, by the first post of theirs."""
        cards = [one.card for one in reversed(self.recommended) if one.card is not None]
        return tuple({card.post.author_id: card for card in cards}.values())[::-1]

    @property
    def is_noted(self) -> bool:
        """It stands in the notes of a meet."""
        return any(one.card is None for one in self.recommended)

    def found_by(self, words: Sequence[str]) -> bool:
        """Whether each of these words stands in its title, its address, its kind or what it was shared under."""
        said = f"{self.title} {self.url} {self.kind} {self.doi} {_heading(self.under)}".casefold()
        return all(word in said for word in words)


def _heading(under: Talk | Prompt | None) -> str:
    return under.title if isinstance(under, Talk) else under.words if under is not None else ""


@dataclass
class _Found:
    """What is gathered of one resource."""

    urls: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    recommended: list[Recommended] = field(default_factory=list)
    rows: list[Resource] = field(default_factory=list)


def shelf(db: Session, event: Event, *, hidden: bool = False) -> list[Resourced]:
    """Of an Event: what is pinned first, then the newest; with `hidden` also what a moderator took off it."""
    return _in_order(_shelf(db, event), hidden=hidden)


def shelf_of_series(db: Session, series: Series) -> list[Resourced]:
    """Of all editions together: what several shared is one, and what one of them hides stays hidden."""
    whole: dict[str, list[Resourced]] = {}
    for event_id in editions_of_pattern(db, series.pattern_id):
        for one in _shelf(db, db.get_one(Event, event_id)):
            whole.setdefault(one.key, []).append(one)
    return _in_order(map(_as_one, whole.values()), hidden=False)


def _as_one(same: list[Resourced]) -> Resourced:
    """The newest edition's word counts; the title is of whichever has one."""
    newest = max(same, key=lambda one: one.first_at)
    marks = {one.mark for one in same}
    titled = next((one for one in (newest, *same) if one.title), newest)
    together = sorted((each for one in same for each in one.recommended), key=_when)
    mark = Mark.HIDDEN if Mark.HIDDEN in marks else newest.mark
    return replace(newest, title=titled.title, mark=mark, recommended=tuple(together))


def _in_order(found: Iterable[Resourced], *, hidden: bool) -> list[Resourced]:
    shown = [one for one in found if hidden or one.mark is not Mark.HIDDEN]
    newest = sorted(shown, key=lambda one: (one.first_at, _number(one.recommended[0])), reverse=True)
    return sorted(newest, key=lambda one: one.mark is not Mark.PINNED)


def _shelf(db: Session, event: Event) -> Iterator[Resourced]:
    rows = resources(db, event.id)
    gathered: dict[str, _Found] = {}
    for recommended, url, title in _shared(db, event):
        row = rows.get(key_of(identity(url)))
        end = row.leads_to if row is not None and row.leads_to else url
        found = gathered.setdefault(key_of(identity(end)), _Found())
        found.urls.append(end)
        found.titles += [title] if title else []
        found.recommended.append(recommended)
        found.rows += [row] if row is not None else []
    return (_resourced(key, found, rows) for key, found in gathered.items())


def _resourced(key: str, found: _Found, rows: Mapping[str, Resource]) -> Resourced:
    known = rows.get(key)
    # Where one has come by https, so does everybody.
    url = min(found.urls, key=lambda one: (not one.startswith("https:"), len(one)))
    title = known.title if known is not None and known.title_state is TitleState.SHOWN else ""
    told = next(iter(found.titles), "")
    doi = doi_in(url) or (known.doi if known else "")
    by_hand = known.kind_by_hand if known else None
    return Resourced(
        key=key,
        url=url,
        title=told or title,
        kind=by_hand or kind_of(url, told or title, doi),
        mark=known.mark if known else Mark.NONE,
        doi=doi,
        dead_since=known.dead_since if known else next((row.dead_since for row in found.rows), None),
        recommended=tuple(found.recommended),
        held_title=known.title if known is not None and known.title_state in NOT_YET_READ else "",
        title_by_page=bool(title and not told),
    )


def resources(db: Session, event_id: int) -> dict[str, Resource]:
    """What is known of an Event's links, by key."""
    return {one.key: one for one in db.exec(select(Resource).where(Resource.event_id == event_id))}


def _shared(db: Session, event: Event) -> Iterator[tuple[Recommended, str, str]]:
    """Each link of each post that screens may show, in the order in which they came; not of talks that keep theirs."""
    query = select(Post.id).where(Post.event_id == event.id, Post.verdict == Verdict.APPROVED, has_screens(event))
    shown = query.where(col(Post.withdrawn_at).is_(None), has_link())
    ids = list(db.exec(shown.order_by(col(Post.posted_at), col(Post.id))))
    cards, under = shown_cards(db, ids), what_each_is_under(db, event, ids)
    hidden = kept_back(db, event)
    for post_id in ids:
        post, place = cards[post_id].post, under(cards[post_id])
        if post_id not in hidden:
            for url, title in links_in(post.segments):
                yield Recommended(cards[post_id], place, event.id, post.posted_at), url, title
    if (notes := notes_of(db, event.id)) is not None:
        for url in filter(None, map(cleaned, addresses_in(notes.text))):
            yield Recommended(None, None, event.id, notes.at), url, ""


def what_each_is_under(db: Session, event: Event, ids: Sequence[int]) -> Callable[[Card], Talk | Prompt | None]:
    """Tells under which Prompt a post was filed; else which Talk it asks, or which ran when it was written."""
    answers, prompts = answers_of(db, ids), {one.id: one for one in prompts_of(db, event.id)}
    talks = all_talks(db, event.id)
    by_id = {one.id: one for one in talks}

    def place(card: Card) -> Talk | Prompt | None:
        post, asked = card.post, card.question.talk_id if card.question else None
        answer = answers.get(post.id)
        if answer is not None and answer.prompt_id in prompts:
            return prompts[answer.prompt_id]
        its = by_id.get(asked or post.talk_id or 0)
        return its or talk_at(talks, post.posted_at, post.room_id)

    return place


def talk_at(talks: Iterable[Talk], at: datetime, room_id: int | None) -> Talk | None:
    """The Talk that ran when something was written; None where several did, and nobody knows in which room it was."""
    running = [talk for talk in talks if talk.starts_at <= at < talk.ends_at and room_id in {None, talk.room_id}]
    return running[0] if len(running) == 1 else None


def links_in(segments: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The addresses in a post's text, cleaned, each with the title that came with it."""
    for segment in segments:
        if segment["kind"] == "link" and (url := cleaned(segment.get("href", ""))):
            yield url, segment.get("title", "")


def has_link() -> ColumnElement[bool]:
    """Of posts: those that may have one; which they are is read from their segments."""
    return cast(col(Post.segments), Text).like('%"link"%')


def _when(one: Recommended) -> datetime:
    return one.at


def _number(one: Recommended) -> int:
    return one.card.id if one.card is not None else 0

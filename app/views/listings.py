"""The listings and singles that screens are made of. What a line of the log means to each is decided here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

import segno
from markupsafe import Markup
from sqlmodel import Session

from app.domain.brand import Brand
from app.domain.event import Event
from app.domain.prompt import Prompt
from app.domain.question import QuestionState
from app.domain.room import Room
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries import desk, posts, questions
from app.queries.change_log import Changes
from app.queries.merged_questions import concerned_with
from app.queries.programme import talk_coming, talk_next, talk_now
from app.queries.prompts import prompt_now
from app.queries.rooms import whereabouts
from app.views.list_lengths import LISTED_ON_DESK, RANKED
from app.views.parts import Listing, Single


def shown_posts(limit: int, part: str = "parts/post.html") -> Listing:
    """What the audience sees: approved posts, the newest first."""
    return Listing(
        id="posts",
        part=part,
        item="card",
        subject=Subject.POST,
        limit=limit,
        window=posts.shown_ids,
        items=posts.shown_cards,
        touched=lambda db, changes: posts.ever_shown(db, _posts(db, changes)),
        # A wall that was paused gets what was approved meanwhile in one go.
        afresh=frozenset({Subject.EVENT}),
    )


def desk_list(verdict: Verdict) -> Listing:
    """One of the desk's four lists. A page holds one of them; pushes to the other three find no place and vanish."""

    def window(db: Session, event: Event, limit: int, room_id: int | None = None) -> list[int]:
        if verdict is Verdict.HELD:
            return desk.queue_ids(db, event, limit, room_id=room_id)
        return desk.decided_ids(db, event, verdict, limit, room_id=room_id)

    return Listing(
        id=verdict.value,
        part="parts/desk_post.html",
        item="card",
        subject=Subject.POST,
        limit=LISTED_ON_DESK,
        window=window,
        items=desk.desk_cards,
        touched=lambda db, changes: desk.cards_concerned(
            db, _posts(db, changes) | set(changes.of(Subject.STAR)), verdict
        ),
        # Questions for the talk that runs go first, so another talk means another order; and cards name their rooms.
        afresh=frozenset({Subject.TALK}),
        in_room=lambda room_id: partial(window, room_id=room_id),
    )


def ranked_questions(list_id: str, states: tuple[QuestionState, ...], *, part: str = "parts/question.html") -> Listing:
    """Questions of the current Talk; another Talk brings another list."""

    def window(db: Session, event: Event, limit: int, room_id: int | None = None) -> list[int]:
        return questions.ranked_ids(db, event, states, limit, room_id)

    return _question_list(list_id, part, window)


def open_elsewhere(part: str) -> Listing:
    """Questions of other Talks that are open still."""
    return _question_list("elsewhere", part, questions.open_elsewhere)


def _question_list(list_id: str, part: str, window: Callable[..., list[int]]) -> Listing:
    return Listing(
        id=list_id,
        part=part,
        item="card",
        subject=Subject.QUESTION,
        limit=RANKED,
        window=window,
        items=questions.question_cards,
        touched=_questions,
        afresh=frozenset({Subject.TALK}),
        in_room=lambda room_id: partial(window, room_id=room_id),
    )


def on_stage(part: str) -> Single:
    """The question that the hall looks at."""
    return _staged(part, questions.on_stage)


def everything_on_stage(part: str) -> Single:
    """What the halls look at, one question in each room."""
    return _staged(part, questions.all_on_stage)


def _staged(part: str, load: Callable[..., object]) -> Single:
    # What happens to its post is told of the question too (`show_or_hide_question`).
    subjects = frozenset({Subject.QUESTION, Subject.AUTHOR, Subject.TALK})
    return Single("onstage", part, "onstage", subjects, load, in_room=lambda room_id: partial(load, room_id=room_id))


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the posts on a wall: where one is, what is on, how to join."""

    now: Talk | None
    next: Talk | None
    coming: Talk | None
    """What comes, in a break too."""
    last: Talk | None
    """What ran before."""
    room: Room | None
    """The one that is looked at; None for all."""
    running: tuple[tuple[Room, Talk | None], ...]
    """All rooms with what runs in them, where there are several."""
    prompt: Prompt | None
    """What a chat is asked now."""
    by_hand_until: datetime | None
    """Until when somebody's hand decides what runs here."""
    join_url: str
    join_short: str
    qr: Callable[[], Markup]
    """Made where it is shown; nothing where no phone could follow it."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where people find an Event. `public` begins with http, `short` is meant for reading aloud."""

    public: str
    short: str
    for_phones: bool = True
    """Whether phones can reach `public` at all."""

    def join_url(self, event: Event, room: Room | None = None) -> str:
        return f"{self.public}{_floor_of(event, room)}"

    def join_short(self, event: Event, room: Room | None = None) -> str:
        return f"{self.short or self.public.partition('://')[2]}{_floor_of(event, room)}"

    def qr(self, event: Event, room: Room | None = None) -> Markup:
        return _qr(self.join_url(event, room)) if self.for_phones else Markup()


def _floor_of(event: Event, room: Room | None) -> str:
    return f"/e/{event.slug}/r/{room.key}" if room else f"/e/{event.slug}"


@lru_cache(maxsize=64)
def _qr(address: str) -> Markup:
    """A QR code as inline SVG, without style or size of its own, with the four quiet modules that readers want."""
    code = segno.make(address, micro=False, error="m")
    svg = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=4)
    return Markup(svg)  # noqa: S704 - made by segno from our own address


def frame(addresses: Addresses, part: str = "parts/wall_frame.html") -> Single:
    def load(db: Session, event: Event, room_id: int | None = None) -> Frame:
        here = whereabouts(db, event, room_id)
        several = bool(here.rooms) and here.room is None
        return Frame(
            now=None if several else talk_now(db, event, room_id),
            next=None if several else talk_next(db, event, room_id),
            coming=None if several else talk_coming(db, event, room_id),
            last=None if several else db.get(Talk, here.place.last_talk_id or 0),
            room=here.room,
            running=tuple((room, db.get(Talk, room.current_talk_id or 0)) for room in here.rooms),
            prompt=prompt_now(db, event),
            by_hand_until=here.place.by_hand_until,
            join_url=addresses.join_url(event, here.room),
            join_short=addresses.join_short(event, here.room),
            qr=lambda: addresses.qr(event, here.room),
        )

    subjects = frozenset({Subject.EVENT, Subject.TALK, Subject.BRAND, Subject.PROMPT})
    return Single("frame", part, "frame", subjects, load, in_room=lambda room_id: partial(load, room_id=room_id))


def invitation(addresses: Addresses) -> Single:
    """What a wall says while nothing is on it."""

    def load(db: Session, event: Event, room_id: int | None = None) -> Markup:
        return addresses.qr(event, whereabouts(db, event, room_id).room)

    told_by: set[str] = {Subject.EVENT, Subject.TALK, Subject.BRAND}
    return single("invitation", "parts/wall_invitation.html", told_by, load, lambda room: partial(load, room_id=room))


def holding() -> Single:
    """The slide of a wall that is blank, in the organiser's words."""
    told_by: set[str] = {Subject.EVENT, Subject.BRAND}
    return single("holding", "parts/wall_holding.html", told_by, lambda _db, event: event.welcome)


def ground() -> Single:
    """The picture behind everything on a wall."""
    return single("ground", "parts/wall_ground.html", {Subject.BRAND}, lambda _db, event: Brand.from_json(event.brand))


def wall_state() -> Single:
    """Whether a wall stands still or shows its slide, for who does not see it."""
    state = frozenset({Subject.EVENT})
    return Single("wall-state", "parts/wall_state.html", "wall_state", state, lambda _db, event: event.wall_state)


def single(
    part_id: str,
    part: str,
    subjects: set[str],
    load: Callable[[Session, Event], object],
    in_room: Callable[[int], Callable[[Session, Event], object]] | None = None,
) -> Single:
    """A part that is known under its own id as a variable too."""
    return Single(part_id, part, part_id, frozenset(subjects), load, in_room=in_room)


def _posts(db: Session, changes: Changes) -> set[int]:
    """Posts concerned by lines about them, their authors or their questions."""
    return (
        set(changes.of(Subject.POST))
        | _if_any(changes, Subject.AUTHOR, lambda ids: posts.posts_of(db, ids))
        | _if_any(changes, Subject.QUESTION, lambda ids: posts.posts_of_questions(db, ids))
    )


def _questions(db: Session, changes: Changes) -> set[int]:
    """Questions concerned, and what is asked with them; what happens to a question's post is told of it too."""
    about_authors = _if_any(
        changes, Subject.AUTHOR, lambda ids: questions.questions_of_posts(db, posts.posts_of(db, ids))
    )
    return concerned_with(db, changes.of(Subject.QUESTION) | about_authors)


def _if_any(changes: Changes, subject: str, find: Callable[[frozenset[int]], set[int]]) -> set[int]:
    ids = changes.of(subject)
    return find(ids) if ids else set()

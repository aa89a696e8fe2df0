"""The same history gets the same rulings: one by one, all at once, from a file, and when it is screened again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, select

from app.actions.arrivals import receive, receive_many
from app.actions.authors import block_author, known_authors, trust_author
from app.actions.events import create_event
from app.actions.screening_again import screen_again
from app.cli.screen import screened
from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.post import Post, Standing
from app.domain.screening.memory import POSTS_REMEMBERED
from app.domain.tables import metadata
from tests.conftest import ASHA, NOON

AUTHORS = ("asha", "ben", "keynote", "troll", "wanker_9")
NAMES = {"asha": "Asha", "ben": "Ben ✅", "keynote": "Nia Rees", "troll": "Call 07700 900123", "wanker_9": "Jo"}
SAYINGS = (
    "Carers on our ward have started a choir, come and sing on Friday",
    "The lift on the second floor is working again after lunch",
    "See https://offers.example/win for the winners of the raffle today",
    "Who pays for the carers when the project ends?",
    "you stupid idiot, get off the stage",
    "Free bitcoin airdrop, claim now https://coins.example/x",
    "My patient Agnes Thirlwell cried for an hour",
    "Well said",
    "RT @asha: well said by everybody in this room",
    "",
)
COATS = (
    "{}",
    "{}",
    "{} wow",
    "RT @ben: {}",
    "{} 🎉",
    "@all {}",
    "{} https://t.example/9",
    "Well, {} then, says number {number}",
)
POLICIES = (
    Policy(),
    Policy(mode="pass"),
    Policy(mode="trusted", trusted=("keynote",), muted=("troll",)),
    Policy(mode="delay", good_record=1),
    Policy(mode="pass", preset="relaxed", blocked_words=("choir",)),
)

NOBODY: Mapping[str, Standing] = {}

Said = tuple[str, tuple[str, ...], dict[str, float]]
"""A verdict, the codes of its signals, and the scores."""


@dataclass(frozen=True)
class Line:
    """What somebody says some seconds after what was said before."""

    author: str
    text: str
    source: str
    seconds: int
    edits: bool = False
    """Whether these are other words for what they said last there."""


def lines() -> st.SearchStrategy[Line]:
    texts = st.builds(
        lambda saying, coat, number: coat.format(saying, number=number),
        st.sampled_from(SAYINGS),
        st.sampled_from(COATS),
        st.integers(0, 3),
    )
    return st.builds(
        Line,
        st.sampled_from(AUTHORS),
        texts,
        st.sampled_from(("x", "x", "floor")),
        st.sampled_from((0, 1, 5, 15, 70)),
        st.sampled_from((False, False, True)),
    )


HURRIED = [
    Line("asha", f"{word} at home", "x", 5)
    for word in ["Apples", "Bridges", "Candles", "Doors", "Engines", "Farms", "Gates"]
]
WAVE = [Line(author, SAYINGS[0], "x", 1) for author in AUTHORS]
EDITED = [
    Line("asha", SAYINGS[0], "x", 1),
    Line("ben", SAYINGS[1], "x", 1),
    Line("asha", SAYINGS[1], "x", 1, edits=True),
    Line("ben", SAYINGS[4], "x", 1, edits=True),
    Line("ben", SAYINGS[0], "x", 1, edits=True),
    Line("keynote", f"{SAYINGS[1]} wow", "floor", 1),
    Line("keynote", SAYINGS[2], "floor", 1, edits=True),
    *WAVE,
]
KNOWN: tuple[dict[str, Standing], ...] = (
    {},
    {"asha": Standing.TRUSTED},
    {"troll": Standing.BLOCKED, "ben": Standing.TRUSTED, "wanker_9": Standing.TRUSTED},
)
DELEGATE = "keynote"
"""Whose phone holds a delegate's link."""
LONG_AGO = [Line("asha", f"Something else, said as number {number}", "x", 70) for number in range(POSTS_REMEMBERED)]


@settings(max_examples=40, deadline=None)
@given(st.lists(lines(), max_size=24), st.sampled_from(POLICIES), st.sampled_from(KNOWN))
@example(HURRIED, Policy(), {})
@example(WAVE, Policy(mode="pass"), {})
@example(EDITED, Policy(mode="pass"), {})
@example(EDITED, Policy(mode="trusted"), {"asha": Standing.TRUSTED, "ben": Standing.BLOCKED})
def test_a_history_gets_the_same_rulings_whichever_way_it_comes(
    history: list[Line], policy: Policy, known: dict[str, Standing]
) -> None:
    """Edits are ruled in their place; trusted and blocked authors, and delegates' phones, are known everywhere."""
    posts = list(arrivals(history))
    expected = one_by_one(posts, policy, known)
    assert all_at_once(posts, policy, known) == expected
    assert from_a_file(history, policy, known) == expected


@pytest.mark.parametrize("between", [POSTS_REMEMBERED - 1, POSTS_REMEMBERED])
def test_what_is_remembered_goes_back_as_far_everywhere(between: int) -> None:
    history = [Line("ben", SAYINGS[0], "x", 70), *LONG_AGO[:between], Line("asha", f"{SAYINGS[0]} wow", "x", 70)]
    posts = list(arrivals(history))
    expected = one_by_one(posts, Policy())
    assert ("near-copy" in expected[-1][1]) is (between < POSTS_REMEMBERED)
    assert all_at_once(posts, Policy()) == expected
    assert from_a_file(history, Policy()) == expected


def arrivals(history: list[Line]) -> Iterator[tuple[Incoming, datetime]]:
    at, said = NOON, dict[tuple[str, str], tuple[str, int]]()
    for number, line in enumerate(history):
        at += timedelta(seconds=line.seconds)
        byline, who = Byline(line.author, NAMES[line.author]), (line.author, line.source)
        ref, version = said.get(who, ("", 0)) if line.edits else ("", 0)
        said[who] = ref, version = (ref, version + 1) if ref else (str(number), 0)
        vouched = who == (DELEGATE, "floor")
        yield Incoming(line.source, ref, byline, line.text, at, version=version, vouched=vouched), at  # type: ignore[arg-type]


def one_by_one(
    posts: list[tuple[Incoming, datetime]], policy: Policy, known: Mapping[str, Standing] = NOBODY
) -> list[Said]:
    with stored(policy, known) as (db, event_id):
        for post, at in posts:
            receive(db, event_id, post, at=at)
            db.commit()
        return twice(db, event_id)


def all_at_once(
    posts: list[tuple[Incoming, datetime]], policy: Policy, known: Mapping[str, Standing] = NOBODY
) -> list[Said]:
    with stored(policy, known) as (db, event_id):
        receive_many(db, [((event_id, post), {"at": at}) for post, at in posts])
        db.commit()
        return twice(db, event_id)


def twice(db: Session, event_id: int) -> list[Said]:
    """The rulings, after they have been given once more.

    Not where words were edited: the former ones are kept nowhere, so what repeated them repeats nothing any more.
    """
    first = rulings(db, event_id)
    if db.exec(select(Post.id).where(Post.event_id == event_id, Post.version > 0)).first() is not None:
        return first
    after = 0
    while True:
        done = screen_again(db, event_id, after=after, at=NOON)
        db.commit()
        db.expire_all()
        assert (done.held, done.released, done.hidden, done.shown) == (0, 0, 0, 0)
        if not (after := done.last):
            break
    assert rulings(db, event_id) == first
    return first


def rulings(db: Session, event_id: int) -> list[Said]:
    posts = db.exec(select(Post).where(Post.event_id == event_id).order_by(col(Post.id)))
    return [(post.verdict.value, tuple(str(signal["code"]) for signal in post.signals), post.scores) for post in posts]


def from_a_file(history: list[Line], policy: Policy, known: Mapping[str, Standing] = NOBODY) -> list[Said]:
    bad: list[str] = []
    told = [
        json.dumps(
            {"id": post.ref, "text": post.text, "handle": post.byline.handle, "name": post.byline.name}
            | {"source": post.source, "version": post.version, "vouched": post.vouched}
            | {"created_at": at.isoformat(), "standing": known.get(post.byline.handle, "")}
        )
        for post, at in arrivals(history)
    ]
    answers = list(screened(told, policy, bad=bad))
    assert not bad
    last = {one["id"]: one for one in answers}  # what an edit was ruled takes the place of what stood there
    return [
        (one["verdict"], tuple(signal["code"] for signal in one["signals"]), one["scores"]) for one in last.values()
    ]


class stored:  # noqa: N801 - reads as what it gives
    """An event of its own in a database of its own."""

    def __init__(self, policy: Policy, known: Mapping[str, Standing]) -> None:
        self._policy, self._known = policy, known

    def __enter__(self) -> tuple[Session, int]:
        engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(engine)
        self._db = Session(engine, expire_on_commit=False)
        event = create_event(self._db, "hall", name="The hall", hashtags=[], at=NOON)
        event.policy = self._policy.as_json()
        for handle, standing in self._known.items():
            bylines = [(source, Byline(handle, NAMES[handle])) for source in ("x", "floor")]
            for author in known_authors(self._db, event.id, bylines, at=NOON):
                verb = trust_author if standing is Standing.TRUSTED else block_author
                verb(self._db, author.id, by=ASHA, at=NOON)
        self._db.commit()
        return self._db, event.id

    def __exit__(self, *_: object) -> None:
        self._db.close()

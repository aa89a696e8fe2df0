"""A chat by prompt, for who was not there: what was said under each with its threads, links, who took part."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.incoming import ANONYMOUS
from app.domain.post import Post
from app.domain.prompt import Answer, FiledBy, Prompt
from app.domain.series import Edition
from app.domain.verdict import Verdict
from app.queries.do_not_share import kept_back
from app.queries.posts import Card, has_screens, shown_cards
from app.queries.prompts import answers_of, known_before, prompts_of

DEEPEST_THREAD = 3
"""So far replies are set under replies; deeper ones stand beside each other."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A post that stands under a prompt, and what answers it."""

    card: Card
    depth: int
    late: bool
    """Utterance after the chat was over."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A prompt with all that stands under it; None for what was said before the first, or where there is none."""

    prompt: Prompt | None
    said: tuple[Utterance, ...]
    """In reading order: each post, then what answers it."""
    posted: tuple[Card, ...]
    """The prompt as its host has posted it."""
    repeats: int
    """So many posts only passed it on."""
    people: int


@dataclass(frozen=True, slots=True)
class SharedLink:
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Transcript:
    chapters: tuple[Chapter, ...]
    posts: int
    people: int
    names: tuple[str, ...]
    """By the alphabet: nobody is ranked. What several are called stands once; who gave none is not among them."""
    nameless: int
    newcomers: int
    """How many of them were in no earlier edition, if there was one."""
    links: tuple[SharedLink, ...]


@dataclass
class _Pile:
    said: list[Card] = field(default_factory=list)
    posted: list[Card] = field(default_factory=list)
    repeats: int = 0


def transcript(db: Session, event: Event, *, links_only: Collection[str] = ()) -> Transcript:
    """All of an Event that its screens may show, whatever its walls show now.

    Of those sources of which there are links only, nobody is named, and what they linked to is not told.
    """
    query = select(Post.id).where(Post.event_id == event.id, Post.verdict == Verdict.APPROVED, has_screens(event))
    in_order = query.where(col(Post.withdrawn_at).is_(None)).order_by(col(Post.posted_at), col(Post.id))
    hidden = kept_back(db, event)
    ids = [post_id for post_id in db.exec(in_order) if post_id not in hidden]
    cards, answers, prompts = shown_cards(db, ids), answers_of(db, ids), prompts_of(db, event.id)
    edition = db.get(Edition, event.id)
    piles: dict[int | None, _Pile] = defaultdict(_Pile)
    for post_id in ids:
        _lay_on(piles, cards[post_id], answers.get(post_id))
    places = [None, *(one for one in prompts if one.released_at is not None or one.id in piles)]
    chapters = [_chapter(one, piles[one.id if one else None], answers, edition) for one in places]
    said = [cards[post_id] for post_id in ids]
    authors = {card.post.author_id for card in said}
    nameless = {card.post.author_id for card in said if _gave_no_name(card)}
    told = [card for card in said if card.post.source not in links_only]
    names = {card.author.name for card in told if card.post.author_id not in nameless}
    return Transcript(
        tuple(one for one in chapters if one.prompt is not None or one.said),
        len(ids),
        len(authors),
        tuple(sorted(names, key=str.casefold)),
        len(nameless),
        len(authors - known) if (known := known_before(db, event, authors)) else 0,
        tuple(links_of(card.post for card in told)),
    )


def _gave_no_name(card: Card) -> bool:
    return card.post.source == "floor" and card.author.name == ANONYMOUS


def _lay_on(piles: dict[int | None, _Pile], card: Card, answer: Answer | None) -> None:
    pile = piles[answer.prompt_id if answer is not None else None]
    match answer.filed_by if answer is not None else None:
        case FiledBy.ITSELF:
            pile.posted.append(card)
        case FiledBy.REPEAT:
            pile.repeats += 1
        case _:
            pile.said.append(card)


def _chapter(prompt: Prompt | None, pile: _Pile, answers: dict[int, Answer], edition: Edition | None) -> Chapter:
    ends_at = edition.ends_at if edition is not None else None
    people = len({card.post.author_id for card in pile.said})
    return Chapter(prompt, tuple(_threads(pile.said, answers, ends_at)), tuple(pile.posted), pile.repeats, people)


def _threads(said: list[Card], answers: dict[int, Answer], ends_at: datetime | None) -> Iterable[Utterance]:
    """Each post, then what answers it, however far that goes; no post is lost, and none comes twice."""
    here = {card.id for card in said}
    under: dict[int, list[Card]] = defaultdict(list)
    for card in said:
        answer = answers.get(card.id)
        parent = answer.under_id if answer is not None else None
        # A reply is younger than what it answers: so there is no circle.
        under[parent if parent is not None and parent in here and parent < card.id else 0].append(card)
    waiting = [(card, 0) for card in reversed(under[0])]
    while waiting:
        card, depth = waiting.pop()
        yield Utterance(card, min(depth, DEEPEST_THREAD), ends_at is not None and card.post.posted_at > ends_at)
        waiting += [(one, depth + 1) for one in reversed(under[card.id])]


def links_of(posts: Iterable[Post]) -> Iterable[SharedLink]:
    """Each address once, in the order in which they came, without those of the networks' own pictures and posts."""
    seen = set()
    for post in posts:
        for segment in post.segments:
            href = segment["href"]
            if segment["kind"] == "link" and href.startswith(("https://", "http://")) and href not in seen:
                seen.add(href)
                yield SharedLink(href, segment.get("title") or segment["text"])

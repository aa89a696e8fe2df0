"""Links on the shelf: found in posts, asked for, and pinned, hidden, named and sorted by moderators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.leases import is_held_by
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.lease import READING
from app.domain.policy import Policy
from app.domain.resource import (
    LONGEST_PAGE_TITLE,
    Asked,
    Mark,
    PageAsked,
    Resource,
    ResourceKind,
    TitleState,
    key_of,
)
from app.domain.screening.page_titles import gives_no_doubt, title_read
from app.domain.screening.surroundings import Surroundings
from app.domain.subject import Subject
from app.domain.web_addresses import as_doi, cleaned, identity, is_shortener
from app.queries.link_news import link_news
from app.queries.programme import speakers
from app.queries.shelf import resources, shelf

ASKED_AGAIN = timedelta(days=7)
"""A page that is there is looked at again after a week, and so is one that is gone."""
TRIED_AGAIN_AFTER = (timedelta(minutes=10), timedelta(hours=2), timedelta(hours=12), timedelta(days=2))
"""Before each further try of a page that could not be had; after the last it counts as gone."""
ASK_LEASE = timedelta(minutes=2)
BY_RULE = "kind_by_rule"


@dataclass(frozen=True, slots=True)
class TitleFinding:
    """What the reader found in a version of a title; None if it could not read it."""

    resource_id: int
    version: int
    odds: Mapping[str, float] | None


def note_links(db: Session, event_id: int, *, at: datetime) -> None:
    """Know each link of what is shown, to be asked for, and forget those that no post names any more."""
    event = db.get(Event, event_id, with_for_update=True)
    if event is None:
        return
    news, rows = link_news(db, event_id), {row.id: row for row in resources(db, event_id).values()}
    for row_id in news.gone:
        db.delete(rows[row_id])
    for row_id in news.asleep:
        rows[row_id].ask_at = None
    for row_id in news.awake:
        asked_at = rows[row_id].asked_at
        rows[row_id].ask_at = at if asked_at is None else max(at, asked_at + ASKED_AGAIN)
    for key, url in news.new.items():
        db.add(Resource(event_id=event_id, key=key, url=url, ask_at=at))
    db.flush()


def note_more_links(db: Session, event_id: int, urls: Mapping[str, str], *, at: datetime) -> None:
    """Know these, by key, that are shown now; all the others are as they were."""
    if db.get(Event, event_id, with_for_update=True) is None:
        return
    known = resources(db, event_id)
    if any(known[key].ask_at is None for key in urls.keys() & known.keys()):
        note_links(db, event_id, at=at)
        return
    for key, url in urls.items():
        if key not in known:
            db.add(Resource(event_id=event_id, key=key, url=url, ask_at=at))
    db.flush()


def take_page(db: Session, resource_id: int, *, at: datetime) -> str:
    """The address to ask for now, which is ours for two minutes; '' if it is not due any more."""
    row = db.get(Resource, resource_id, with_for_update=True)
    if row is None or row.ask_at is None or row.ask_at > at:
        return ""
    row.ask_at = at + ASK_LEASE
    return row.url


def note_page(db: Session, resource_id: int, page: PageAsked, *, at: datetime) -> None:
    """What came of asking. A title is shown if screening has no doubt about it, as it would have about a post."""
    row = db.get(Resource, resource_id, with_for_update=True)
    if row is None:
        return
    row.asked_at, row.ask_at = at, at + ASKED_AGAIN
    event = db.get_one(Event, row.event_id, with_for_update=True)
    match page.asked:
        case Asked.AWAY:
            row.failures += 1
            if row.failures <= len(TRIED_AGAIN_AFTER):
                row.ask_at = at + TRIED_AGAIN_AFTER[row.failures - 1]
            else:
                row.dead_since = row.dead_since or at
        case Asked.GONE:
            row.dead_since = row.dead_since or at
        case Asked.FOUND | Asked.CLOSED:
            row.failures, row.dead_since = 0, None
            end = cleaned(page.url)
            if is_shortener(row.url) and end and not is_shortener(end) and _is_clean(db, event, end, ""):
                row.leads_to = end
            if page.asked is Asked.FOUND:
                _entitle(db, event, _titled(db, row, at=at), page)
    publish(db, row.event_id, Subject.RESOURCE, row.id, at=at)


def _titled(db: Session, row: Resource, *, at: datetime) -> Resource:
    """The row whose page it is: of a short address the one that it leads to."""
    if not row.leads_to:
        return row
    key = key_of(identity(row.leads_to))
    known = resources(db, row.event_id).get(key)
    if known is None:
        known = Resource(event_id=row.event_id, key=key, url=row.leads_to, asked_at=at, ask_at=at + ASKED_AGAIN)
        db.add(known)
    return known


def _entitle(db: Session, event: Event, row: Resource, page: PageAsked) -> None:
    title = " ".join(page.title.split())[:LONGEST_PAGE_TITLE]
    row.doi = as_doi(page.doi)
    if title != row.title or row.title_state is TitleState.NONE:
        clean = bool(title) and _is_clean(db, event, row.url, title)
        passes = TitleState.UNREAD if event.has_reader else TitleState.SHOWN
        row.title, row.title_version = title, row.title_version + 1
        row.title_state = TitleState.NONE if not title else passes if clean else TitleState.HELD


def _is_clean(db: Session, event: Event, url: str, title: str, found: Mapping[str, float] | None = None) -> bool:
    """Whether a title, or an address that nobody has seen, gives no cause for doubt, also to what the reader found."""
    around = Surroundings(speakers=speakers(db, event.id), hashtags=tuple(event.hashtags), event_name=event.name)
    read = title_read(url, title, event.created_at)
    return gives_no_doubt(read, Policy.from_json(event.policy), around, found)


def take_title_findings(db: Session, findings: Sequence[TitleFinding], *, by: str, at: datetime) -> None:
    """What the reader found in titles that wait for it: those without doubt may be read, all others a person looks at.

    Nothing is taken from a process that does not read for all any more.
    """
    if not is_held_by(db, READING, by, at=at):
        return
    for finding in findings:
        row = db.get(Resource, finding.resource_id, with_for_update=True)
        if row is None or row.title_state is not TitleState.UNREAD or row.title_version != finding.version:
            continue
        event = db.get_one(Event, row.event_id)
        clean = finding.odds is not None and _is_clean(db, event, row.url, row.title, finding.odds)
        row.title_state = TitleState.SHOWN if clean else TitleState.HELD
        publish(db, row.event_id, Subject.RESOURCE, row.id, at=at)


def show_unread_titles(db: Session, event_id: int, *, at: datetime) -> None:
    """Nobody reads any more: what only waited for that is decided by rules and heads, which had no doubt."""
    waiting = select(Resource).where(Resource.event_id == event_id, Resource.title_state == TitleState.UNREAD)
    for row in db.exec(waiting).all():
        row.title_state = TitleState.SHOWN
        publish(db, event_id, Subject.RESOURCE, row.id, at=at)


def mark_resource(db: Session, event_id: int, key: str, mark: Mark, *, by: Actor, at: datetime) -> Decision | None:
    """Pin it, hide it, or neither. None if it is so. Raises Refused where the shelf has no such link."""
    row = _row_on_shelf(db, event_id, key)
    return _decide_on(db, row, row.mark, mark, by=by, at=at)


def sort_resource(
    db: Session, event_id: int, key: str, kind: ResourceKind | None, *, by: Actor, at: datetime
) -> Decision | None:
    """Say what kind it is; None leaves that to the rule. Raises Refused where the shelf has no such link."""
    row = _row_on_shelf(db, event_id, key)
    return _decide_on(db, row, row.kind_by_hand or BY_RULE, kind or BY_RULE, by=by, at=at)


def show_title(db: Session, event_id: int, key: str, *, shown: bool, by: Actor, at: datetime) -> Decision | None:
    """Let the title of its page be read, or not. None if it has none, or is so already."""
    row = _row_on_shelf(db, event_id, key)
    after = TitleState.SHOWN if shown else TitleState.HELD
    return _decide_on(db, row, row.title_state, after, by=by, at=at) if row.title else None


def take_back_resource(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """As it was. False if it was decided otherwise since, its title is another one, or its link is gone."""
    row = db.get(Resource, decision.subject_id, with_for_update=True)
    if row is None or decision.after not in {row.mark, row.kind_by_hand or BY_RULE, row.title_state}:
        return False
    if decision.after in set(TitleState) and decision.revision != row.title_version:
        return False
    return _decide_on(db, row, decision.after, decision.before, by=by, at=at, undoes=decision) is not None


def _row_on_shelf(db: Session, event_id: int, key: str) -> Resource:
    event = db.get_one(Event, event_id, with_for_update=True)
    found = next((one for one in shelf(db, event, hidden=True) if one.key == key), None)
    if found is None:
        raise Refused("This link is not on the shelf any more.")
    row = resources(db, event_id).get(key)
    if row is None:
        row = Resource(event_id=event_id, key=key, url=found.url)
        db.add(row)
        db.flush()
    return row


def _decide_on(
    db: Session, row: Resource, before: str, after: str, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Decision | None:
    if before == after:
        return None
    about_title = after in set(TitleState)
    decision = decide(
        db, row.event_id, Subject.RESOURCE, row.id, str(before), str(after),
        by=by, at=at, revision=row.title_version if about_title else None, undoes=undoes,
    )  # fmt: skip
    if after in set(Mark):
        row.mark = Mark(after)
        db.flush()
        note_links(db, row.event_id, at=at)  # what is off the shelf is asked for no more
    elif about_title:
        row.title_state = TitleState(after)
    else:
        row.kind_by_hand = ResourceKind(after) if after in set(ResourceKind) else None
    publish(db, row.event_id, Subject.RESOURCE, row.id, at=at)
    return decision

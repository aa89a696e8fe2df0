"""Posts find their prompt as they arrive, and are put under another one by hand."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.filing import Arrived, Filed, filed
from app.domain.incoming import Incoming
from app.domain.post import Post
from app.domain.prompt import Answer, FiledBy, Prompt
from app.domain.subject import Subject
from app.queries.prompts import answers_of, prompts_of

NO_PROMPT = "no prompt"
STAYS = {FiledBy.HAND, FiledBy.PHONE}
"""What an edit does not change: somebody has said it."""


def file_arrived(db: Session, event: Event, arrived: Mapping[int, Incoming]) -> None:
    """Put posts under the prompts that they answer, in the order in which they came."""
    if not event.prompts:
        return
    prompts = prompts_of(db, event.id)
    by_ref, by_url = _referred_to(db, event.id, arrived)
    known = answers_of(db, {*by_ref.values(), *by_url.values(), *arrived})
    for post_id, incoming in arrived.items():
        answer = known.get(post_id)
        if answer is not None and answer.filed_by in STAYS:
            continue
        under_id = by_ref.get((incoming.source, incoming.reply_to.ref)) if incoming.reply_to else None
        quoted_id = by_url.get(incoming.quote.url) if incoming.quote and incoming.quote.url else None
        place = filed(
            Arrived(
                incoming.text,
                incoming.posted_at,
                asked_prompt=incoming.prompt_id,
                under=_place(known.get(under_id or 0)),
                quotes=_place(known.get(quoted_id or 0)),
                quoted_text=incoming.quote.text if incoming.quote else "",
            ),
            prompts,
        )
        if place is None and under_id is None and answer is None:
            continue
        known[post_id] = db.merge(
            Answer(
                post_id=post_id,
                event_id=event.id,
                prompt_id=place.prompt_id if place else None,
                filed_by=place.by if place else FiledBy.TIME,
                under_id=under_id if under_id != post_id else None,
            )
        )


def _referred_to(
    db: Session, event_id: int, arrived: Mapping[int, Incoming]
) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Numbers of the posts that some answer or quote, by source and ref, and by address."""
    refs = {one.reply_to.ref for one in arrived.values() if one.reply_to and one.reply_to.ref}
    urls = {one.quote.url for one in arrived.values() if one.quote and one.quote.url}
    by_ref: dict[tuple[str, str], int] = {}
    by_url: dict[str, int] = {}
    if refs:
        sources = {one.source for one in arrived.values()}
        rows = select(Post.id, Post.source, Post.ref).where(
            Post.event_id == event_id, col(Post.source).in_(sources), col(Post.ref).in_(refs)
        )
        by_ref = {(source, ref): post_id for post_id, source, ref in db.exec(rows)}
    if urls:
        rows_of_urls = select(Post.id, Post.url).where(Post.event_id == event_id, col(Post.url).in_(urls))
        by_url = {url: post_id for post_id, url in db.exec(rows_of_urls)}
    return by_ref, by_url


def _place(answer: Answer | None) -> Filed | None:
    return Filed(answer.prompt_id, answer.filed_by) if answer is not None and answer.prompt_id is not None else None


def file_answer(db: Session, post_id: int, prompt_id: int | None, *, by: Actor, at: datetime) -> Decision | None:
    """Put a post under a prompt by hand, or under none. None if it stands there. What answers it stays where it is.

    Raises Refused for a prompt that is not of its chat.
    """
    post = db.get_one(Post, post_id, with_for_update=True)
    prompt = db.get(Prompt, prompt_id) if prompt_id is not None else None
    if prompt_id is not None and (prompt is None or prompt.event_id != post.event_id):
        raise Refused("There is no such prompt any more.")
    return _put(db, post, prompt, by=by, at=at)


def take_back_filing(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """It stands where it stood. False if it has been moved since, or that prompt is gone."""
    post = db.get_one(Post, decision.subject_id, with_for_update=True)
    if _said(db.get(Answer, post.id)) != decision.after:
        return False
    before = db.get(Prompt, int(decision.before.rpartition(":")[2])) if decision.before != NO_PROMPT else None
    if before is None and decision.before != NO_PROMPT:
        return False
    return _put(db, post, before, by=by, at=at, undoes=decision) is not None


def _put(
    db: Session, post: Post, prompt: Prompt | None, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Decision | None:
    answer = db.get(Answer, post.id)
    before, after = _said(answer), f"prompt:{prompt.id}" if prompt else NO_PROMPT
    if before == after:
        return None
    prompt_id = prompt.id if prompt else None
    if answer is None:
        db.add(Answer(post_id=post.id, event_id=post.event_id, prompt_id=prompt_id, filed_by=FiledBy.HAND))
    else:
        answer.prompt_id, answer.filed_by = prompt_id, FiledBy.HAND
    why = prompt.words[:200] if prompt else ""
    decision = decide(
        db, post.event_id, Subject.ANSWER, post.id, before, after, by=by, at=at, reason=why, undoes=undoes
    )
    publish(db, post.event_id, Subject.ANSWER, post.id, at=at)
    return decision


def _said(answer: Answer | None) -> str:
    return f"prompt:{answer.prompt_id}" if answer is not None and answer.prompt_id is not None else NO_PROMPT

"""What stands of a person where others wrote or decided: quotes of them, lists of handles, reasons and findings."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, update
from sqlmodel import Session, col, or_, select

from app.actions.change_log import publish
from app.actions.post_columns import put_signals
from app.actions.withdrawals import drop_quote
from app.actions.words_beside_questions import forget_beside_questions
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.known_by import Words
from app.domain.policy import Policy
from app.domain.policy_version import PolicyVersion
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.takedown import Takedown


def forget_words(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    """Take what is theirs out of what is others'. Gives how many rows were changed."""
    return (
        _out_of_posts(db, event_id, words, at=at)
        + _out_of_decisions(db, event_id, words)
        + forget_beside_questions(db, event_id, words, at=at)
        + _out_of_takedowns(db, event_id, words)
        + _out_of_rules(db, event_id, words.handles)
    )


def _out_of_posts(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    """Others’ texts stay; what they quote of this person, whom they answer and what was found in them goes."""
    changed = 0
    near = or_(col(Post.quote).is_not(None), col(Post.reply_to) != "", cast(col(Post.signals), Text) != "[]")
    for post in db.exec(select(Post).where(Post.event_id == event_id, near).order_by(col(Post.id))).all():
        before = post.revision, post.reply_to, post.signals
        quote = post.quote or {}
        lowered = {handle.lower() for handle in words.handles}
        if str(quote.get("handle", "")).lower() in lowered and (
            quote.get("text") or quote.get("name") or quote.get("url")
        ):
            drop_quote(db, post, at=at, url="")
        if post.reply_to.lower() in lowered:
            post.reply_to = ""
        kept = [signal for signal in post.signals if not words.are_in(json.dumps(signal, ensure_ascii=False))]
        if len(kept) != len(post.signals):
            put_signals(post, kept)
        if (post.revision, post.reply_to, post.signals) != before:
            changed += 1
            publish(db, event_id, Subject.POST, post.id, at=at)
    return changed


def _out_of_decisions(db: Session, event_id: int, words: Words) -> int:
    said = or_(col(Decision.reason) != "", col(Decision.detail) != "")
    rows = db.exec(select(Decision.id, Decision.reason, Decision.detail).where(Decision.event_id == event_id, said))
    found = [number for number, reason, detail in rows if words.are_in(reason) or words.are_in(_with_facts(detail))]
    for number in found:
        db.execute(update(Decision).where(col(Decision.id) == number).values(reason="", detail=""))
    return len(found)


def _with_facts(detail: Any) -> str:
    """A Sentence with its facts, as they are stored."""
    return f"{detail} {json.dumps(detail.as_json(), ensure_ascii=False)}" if hasattr(detail, "as_json") else str(detail)


def _out_of_takedowns(db: Session, event_id: int, words: Words) -> int:
    """What somebody asked to have taken away may repeat it."""
    changed = 0
    for one in db.exec(select(Takedown).where(Takedown.event_id == event_id)).all():
        if words.are_in(f"{one.link} {one.words} {one.why} {one.answer} {one.contact}"):
            one.link, one.words, one.why, one.answer, one.contact = "", "", "", "", ""
            changed += 1
    return changed


def _out_of_rules(db: Session, event_id: int, handles: Collection[str]) -> int:
    """Nobody is trusted or muted by a name that is gone; the version stays what it is, as its rules are the same."""
    event, changed = db.get_one(Event, event_id), 0
    for row in (event, *db.exec(select(PolicyVersion).where(PolicyVersion.event_id == event_id))):
        policy = Policy.from_json(row.policy)
        without = replace(policy, trusted=_others(policy.trusted, handles), muted=_others(policy.muted, handles))
        if without != policy:
            row.policy = {**row.policy, "trusted": list(without.trusted), "muted": list(without.muted)}
            changed += 1
    return changed


def _others(listed: tuple[str, ...], handles: Collection[str]) -> tuple[str, ...]:
    gone = {handle.lower() for handle in handles}
    return tuple(one for one in listed if one.removeprefix("@").lower() not in gone)

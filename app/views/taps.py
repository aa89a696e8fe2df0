"""What a tablet sends beside what is tapped: its name for the tap, and where its page stood. Plain forms have none."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from fastapi import HTTPException, Request

from app.actions.taps import MovedOn, SettledBefore
from app.domain.decision import Actor, Decision
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.tap import LONGEST_TAP_NAME, Tap
from app.queries.questions import question_cards
from app.views import log_words
from app.views.context import Context

T = TypeVar("T")
HEADER, WAITED = "Tap", "Tap-Waited"
LONGEST_AGO = 86_400
_TAP = re.compile(rf"([0-9a-z]{{1,{LONGEST_TAP_NAME}}}) ([0-9a-z]{{1,{LONGEST_TAP_NAME}}}) ([0-9]{{1,18}})")
_KEY = re.compile(rf"[0-9a-z]{{1,{LONGEST_TAP_NAME}}}")


def tap_of(request: Request) -> Tap | None:
    """None for what is no tap of ours: then it is done as from any form."""
    found = _TAP.fullmatch(request.headers.get(HEADER, ""))
    return Tap(found[1], found[2], int(found[3]), waited(request)) if found else None


def waited(request: Request) -> timedelta:
    said = request.headers.get(WAITED, "")
    seconds = int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0
    return timedelta(seconds=min(seconds, LONGEST_AGO))


def is_key(text: str) -> bool:
    """Whether a tablet may have called a tap so."""
    return _KEY.fullmatch(text) is not None


async def settled(
    context: Context,
    verb: Callable[..., T],
    subject_id: int,
    tap: Tap,
    *args: Any,
    by: Actor,
    before: T,
    words: str = "",
    **facts: Any,
) -> T:
    """What a verb of a tap gives, or `before` where it was settled before. Raises 409 for what others did meanwhile.

    `words` are those that somebody wrote and that would be lost.
    """
    at, by = context.now(), replace(by, tap=tap.name)
    try:
        return await context.backchannel.do(verb, subject_id, tap, *args, by=by, at=at, **facts)
    except SettledBefore:
        return before
    except MovedOn as error:
        raise HTTPException(409, await _said(context, error, words)) from None


async def _said(context: Context, found: MovedOn, words: str) -> Sentence:
    """Which question, who was quicker, and what it is by now."""
    other, question = found.by_other, found.question
    if question is None:
        return _of_other_things(other, words)
    cards = await context.backchannel.ask(question_cards, [question.id])
    text = cards[question.id].post.text if question.id in cards else ""
    facts = {"question": text, "who": other.by, "state": log_words.state(other.after)}
    if words:
        return Sentence(
            "“%(question)s”: %(who)s has written a note meanwhile. Yours was: “%(words)s”", words=words, **facts
        )
    if other.subject == Subject.MERGE:
        return Sentence("“%(question)s” was left as it is: %(who)s has put it %(state)s meanwhile.", **facts)
    if other.subject_id != question.id:
        return Sentence(
            "“%(question)s” was not brought on stage: %(who)s has brought up another one meanwhile.", **facts
        )
    return Sentence("“%(question)s” was left as it is: %(who)s has decided meanwhile: %(state)s.", **facts)


def _of_other_things(other: Decision, words: str) -> Sentence:
    who, state = other.by, log_words.state(other.after)
    if other.subject == Subject.ANNOUNCEMENT and words:
        return Sentence(
            "“%(words)s” was not announced: %(who)s has announced something else meanwhile.", words=words, who=who
        )
    if other.subject == Subject.ROOM:
        return Sentence(
            "Left as it is: %(who)s has decided meanwhile what runs there: %(talk)s.",
            who=who,
            talk=state if not other.after.isdigit() else other.reason,
        )
    if other.subject in {Subject.SCENE, Subject.ROOM_SCENE, Subject.EVENT}:
        return Sentence("Left as it is: %(who)s has chosen for these walls meanwhile: %(state)s.", who=who, state=state)
    what = log_words.SUBJECTS.get(other.subject, other.subject)
    return Sentence("Left as it is: %(who)s has decided meanwhile about %(what)s.", who=who, what=what)

"""What a tablet sends beside what is tapped: its name for the tap, and where its page stood. Plain forms have none."""

import re
from dataclasses import replace

from fastapi import HTTPException, Request

from app.actions.taps import MovedOn
from app.domain.decision import Actor
from app.domain.sentence import Sentence
from app.domain.tap import LONGEST_TAP_NAME, Tap
from app.queries.questions import question_cards
from app.views import log_words
from app.views.context import Context

HEADER = "Tap"
_TAP = re.compile(rf"([0-9a-z]{{1,{LONGEST_TAP_NAME}}}) ([0-9a-z]{{1,{LONGEST_TAP_NAME}}}) ([0-9]{{1,18}})")


def tap_of(request: Request) -> Tap | None:
    """None for what is no tap of ours: then it is done as from any form."""
    found = _TAP.fullmatch(request.headers.get(HEADER, ""))
    return Tap(found[1], found[2], int(found[3])) if found else None


def tapping(by: Actor, tap: Tap | None) -> Actor:
    """Whoever decides, with the tap by which they do."""
    return replace(by, tap=tap.name) if tap else by


async def moved_on(context: Context, found: MovedOn, *, words: str = "") -> HTTPException:
    """409 with a sentence: which question, who was quicker, and what it is by now."""
    other, question = found.by_other, found.question
    cards = await context.backchannel.ask(question_cards, [question.id]) if question else {}
    text = cards[question.id].post.text if question and question.id in cards else ""
    facts = {"question": text, "who": other.by, "state": log_words.state(other.after)}
    if question is None:
        said = Sentence("Left as it is: %(who)s has chosen for these walls meanwhile: %(state)s.", **facts)
    elif words:
        said = Sentence(
            "“%(question)s”: %(who)s has written a note meanwhile. Yours was: “%(words)s”", words=words, **facts
        )
    elif question is not None and other.subject_id != question.id:
        said = Sentence(
            "“%(question)s” was not brought on stage: %(who)s has brought up another one meanwhile.", **facts
        )
    else:
        said = Sentence("“%(question)s” was left as it is: %(who)s has decided meanwhile: %(state)s.", **facts)
    return HTTPException(409, said)

"""What the demo's desk and speakers do with questions before the visitor comes: some ask the same, one is answered."""

from datetime import datetime

from app.actions.merged_questions import merge_question
from app.actions.replies import write_reply
from app.demo.conference import beside
from app.domain.decision import Actor
from app.domain.question import Question
from app.files.recorded.own_lines import Line
from app.store.doors import Backchannel

SPEAKER = Actor(label="Samina Qureshi-Thorne")


async def look_after(
    backchannel: Backchannel, line: Line, question: Question, asked: dict[str, int], *, by: Actor, at: datetime
) -> None:
    """`asked` are the questions so far, by the ref of their post."""
    asked[line.found[0].ref] = question.id
    for ref in beside(line, "stands_for") or ():
        if ref in asked:
            await backchannel.do(merge_question, asked[ref], question.id, by=by, at=at)
    if reply := beside(line, "reply"):
        await backchannel.do(write_reply, question.id, str(reply), by=SPEAKER, at=at)

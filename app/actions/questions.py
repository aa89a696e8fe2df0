"""Questions are asked, brought on stage, answered."""

from collections.abc import Set
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.questions_of_posts import new_question, open_asked_question, question_of
from app.actions.verdicts import Seen, Settled, stopped_by
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.merged_questions import lead_of
from app.queries.questions import others_on_its_stage

PROGRAMME = Actor(label="programme", machine=True)
_ON_STAGE = col(Question.state) == QuestionState.ON_STAGE


class NoSuchQuestion(Exception):
    """There is no such question, or it is not for everybody to see."""


def make_question(
    db: Session,
    post_id: int,
    *,
    by: Actor,
    at: datetime,
    seen: Seen | None = None,
    talk_id: int | None = None,
    room_id: int | None = None,
) -> Question | Settled:
    """Make a post a question for a Talk, the running one unless another is named; one that waits is approved with it.

    Of several rooms' Talks it is the one in `room_id`; where no room is named it is for somebody to say.

    That is one act: whichever half of it is undone, both are. A question that was taken back comes back with its
    votes; one that is a question already stays as it is. Gives what stands if the post could not be approved.
    """
    post = db.get_one(Post, post_id)
    seen = seen or Seen(post.verdict, post.revision)
    if post.verdict is Verdict.APPROVED and post.revision == seen.revision:
        return _make(db, post, by=by, at=at, talk_id=talk_id, room_id=room_id)[0]
    stopped = stopped_by(db, post, Verdict.APPROVED, seen, by=by, at=at)
    if stopped is not None:
        # Somebody else let the same words through at this moment: what is left to do is to ask them.
        through = stopped.agreed is None and (post.verdict, post.revision) == (Verdict.APPROVED, seen.revision)
        return _make(db, post, by=by, at=at, talk_id=talk_id, room_id=room_id)[0] if through else stopped
    open_asked_question(db, post, at=at)  # then it is one by being approved, and there is nothing else to undo
    question, made = _make(db, post, by=by, at=at, talk_id=talk_id, room_id=room_id)
    apply_verdict(db, post, Verdict.APPROVED, by=by, at=at, before=seen.verdict, cause=made)
    return question


def take_question_back(db: Session, post_id: int, *, by: Actor, at: datetime) -> Question | None:
    """It was no question after all; the post stays where it is."""
    question = question_of(db, post_id)
    if question is not None and question.state is not QuestionState.TAKEN_BACK:
        _move(db, question, QuestionState.TAKEN_BACK, by=by, at=at)
    return question


def bring_on_stage(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """The wall centres it. What was on stage before is answered: one tap moves a talk on."""
    question = lead_of(db, seen_question(db, question_id))
    if question.state is QuestionState.ON_STAGE:
        return question
    decision = _move(db, question, QuestionState.ON_STAGE, by=by, at=at)
    for former in others_on_its_stage(db, question):
        _move(db, former, QuestionState.ANSWERED, by=by, at=at, cause=decision)
    return question


def mark_answered(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """It was answered, from the stage or without ever being on it."""
    return _move_to(db, question_id, QuestionState.ANSWERED, by=by, at=at)


def dismiss(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """The speaker passes over it; it leaves the lists."""
    return _move_to(db, question_id, QuestionState.DISMISSED, by=by, at=at)


def reopen(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """Back among the open ones."""
    return _move_to(db, question_id, QuestionState.OPEN, by=by, at=at)


def take_down_what_is_over(
    db: Session, event: Event, *, left: Set[int | None], ended: Set[int], running: Set[int], at: datetime
) -> None:
    """A question leaves the stage when its own Talk has ended, whatever runs beside it; it stays open.

    By the clock, unless it is still `running`, or by hand: those are `ended`. One of no Talk leaves with the Talk that
    was in its room (None: in the Event's), if that was `left`. What was brought up after its Talk's end stays:
    somebody wants it answered still.
    """
    on_stage = select(Question, Talk).outerjoin(Talk, col(Talk.id) == Question.talk_id)
    for question, talk in db.exec(on_stage.where(Question.event_id == event.id, _ON_STAGE)).all():
        brought = question.on_stage_at or question.asked_at
        if talk is None:
            over = question.room_id in left
        else:
            over = talk.id in ended or (talk.id not in running and brought < talk.ends_at <= at)
        if over:
            _take_down(db, question, at=at)


def leave_talk(db: Session, talk_id: int, *, at: datetime) -> None:
    """A Talk is taken off the programme: its questions are of none any more, and none of them is on stage."""
    for question in db.exec(select(Question).where(Question.talk_id == talk_id)).all():
        question.talk_id = None
        if question.state is QuestionState.ON_STAGE:
            _take_down(db, question, at=at)


def _take_down(db: Session, question: Question, *, at: datetime) -> None:
    _move(db, question, QuestionState.OPEN, by=PROGRAMME, at=at, reason="its talk is over")


def take_back_move(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Undo a move of a question. False if it has moved on since.

    Nobody brings words on stage that were others when they left it: then the question is open.
    """
    question = db.get_one(Question, decision.subject_id)
    if question.state != decision.after:
        return False
    before = QuestionState(decision.before)
    if before is QuestionState.ON_STAGE and decision.revision != db.get_one(Post, question.post_id).revision:
        before = QuestionState.OPEN
    _move(db, question, before, by=by, at=at, undoes=decision)
    return True


def _make(
    db: Session, post: Post, *, by: Actor, at: datetime, talk_id: int | None, room_id: int | None
) -> tuple[Question, Decision | None]:
    """The question, and the decision by which it is one; none if it was one already."""
    question = question_of(db, post.id)
    if question is None:
        question = new_question(db, post, talk_id=talk_id, room_id=room_id, at=at)
    elif question.state is not QuestionState.TAKEN_BACK:
        return question, None
    return question, _move(db, question, QuestionState.OPEN, by=by, at=at, before=QuestionState.TAKEN_BACK)


def seen_question(db: Session, question_id: int) -> Question:
    question = db.get(Question, question_id)
    if question is None or question.state is QuestionState.TAKEN_BACK:
        raise NoSuchQuestion
    if db.get_one(Post, question.post_id).verdict is not Verdict.APPROVED:
        raise NoSuchQuestion
    return question


def _move_to(db: Session, question_id: int, state: QuestionState, *, by: Actor, at: datetime) -> Question:
    """What is done to one that stands under another is done to the one that everybody sees."""
    question = lead_of(db, seen_question(db, question_id))
    if question.state is not state:
        _move(db, question, state, by=by, at=at)
    return question


def _move(
    db: Session,
    question: Question,
    state: QuestionState,
    *,
    by: Actor,
    at: datetime,
    before: QuestionState | None = None,
    reason: str = "",
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> Decision:
    decision = decide(
        db,
        question.event_id,
        Subject.QUESTION,
        question.id,
        before or question.state,
        state,
        by=by,
        at=at,
        reason=reason,
        revision=db.get_one(Post, question.post_id).revision,
        cause=cause,
        undoes=undoes,
    )
    question.state = state
    if state is QuestionState.ON_STAGE:
        question.on_stage_at = at
    publish(db, question.event_id, Subject.QUESTION, question.id, at=at)
    return decision

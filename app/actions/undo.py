"""Take back the last thing somebody did, whatever it was. Both entries stay in the log."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.actions.answers import take_back_filing
from app.actions.author_renames import take_back_new_name
from app.actions.authors import clear_standing, take_back_standing
from app.actions.chair_marks import take_back_hold, take_back_mark
from app.actions.decisions import brought_along, last_in_force, not_taken_back
from app.actions.delays import take_back_stop
from app.actions.hasty_votes import take_back_leaving_out
from app.actions.merged_questions import ALONE, set_apart, take_back_merge
from app.actions.policies import take_back_policy
from app.actions.programme_scenes import take_back_due
from app.actions.prompts import take_back_prompt
from app.actions.question_places import take_back_place
from app.actions.questions import seen_question, take_back_move, take_question_back
from app.actions.questions_of_posts import question_of
from app.actions.red_buttons import take_back_clearing, take_back_intake, take_back_wall_state
from app.actions.replies import take_back_reply
from app.actions.resources import take_back_resource
from app.actions.scenes import take_back_announcement, take_back_scene
from app.actions.second_person import take_back_agreement
from app.actions.stars import take_back_star
from app.actions.suggestions import take_back_suggestion
from app.actions.surveys import take_back_words_verdict
from app.actions.talks_by_hand import take_back_by_hand
from app.actions.themes import take_back_theme_verdict
from app.actions.verdicts import take_back_verdict
from app.domain.decision import Actor, Decision
from app.domain.post import Author
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.queries.erasures import was_erased

_TAKE_BACK: dict[str, Callable[..., bool]] = {
    Subject.POST: take_back_verdict,
    Subject.AUTHOR: take_back_standing,
    Subject.QUESTION: take_back_move,
    Subject.EVENT: take_back_wall_state,
    Subject.INTAKE: take_back_intake,
    Subject.CLEARING: take_back_clearing,
    Subject.SCENE: take_back_scene,
    Subject.ANNOUNCEMENT: take_back_announcement,
    Subject.POLICY: take_back_policy,
    Subject.AGREEMENT: take_back_agreement,
    Subject.DELAY: take_back_stop,
    Subject.NAME: take_back_new_name,
    Subject.VOTES: take_back_leaving_out,
    Subject.ROOM: take_back_by_hand,
    Subject.PLACE: take_back_place,
    Subject.MERGE: take_back_merge,
    Subject.REPLY: take_back_reply,
    Subject.MARK: take_back_mark,
    Subject.HOLD: take_back_hold,
    Subject.SUGGESTION: take_back_suggestion,
    Subject.ROOM_SCENE: take_back_scene,
    Subject.DUE: take_back_due,
    Subject.PROMPT: take_back_prompt,
    Subject.ANSWER: take_back_filing,
    Subject.RESOURCE: take_back_resource,
    Subject.STAR: take_back_star,
    Subject.SURVEY_WORDS: take_back_words_verdict,
    Subject.THEME: take_back_theme_verdict,
}


def undo_last(db: Session, event_id: int, *, by: Actor, at: datetime, whosoever: bool = False) -> Decision | None:
    """Undo the newest decision that still stands, of this actor or `whosoever` took it; None if there is none.

    A decision that somebody has overruled since is passed over: undoing it would undo theirs. What the machine did
    by itself is not undone by `whosoever`: there is no end to it; nor are the rules, which are the organiser's.
    """
    query = _in_force(event_id)
    if whosoever:
        query = query.where(col(Decision.access_id).is_not(None), Decision.subject != Subject.POLICY)
    else:
        query = _of(query, by)
    for decision in db.exec(query):
        if undo(db, decision, by=by, at=at):
            return decision
    return None


def could_be_undone(db: Session, event_id: int, by: Actor) -> Sequence[Decision]:
    """What they decided and nobody took back, the newest first, whether it still is so or not."""
    return db.exec(_of(_in_force(event_id), by)).all()


def _of(query: SelectOfScalar[Decision], by: Actor) -> SelectOfScalar[Decision]:
    return query.where(Decision.access_id == by.access_id, Decision.by == by.label)


def undo(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Undo one decision and what it brought along. False if the state is not the one it led to, or it changed none."""
    take_back = _TAKE_BACK.get(decision.subject)
    if take_back is None or was_erased(db, decision) or not take_back(db, decision, by=by, at=at):
        return False
    for brought in brought_along(db, decision):
        undo(db, brought, by=by, at=at)
    return True


def undo_act(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Undo a decision; if it is the approval of a post that was made a question, the question too: it was one act."""
    if not undo(db, decision, by=by, at=at):
        return False
    made = db.get(Decision, decision.cause_id) if decision.cause_id else None
    if made is not None and made.subject == Subject.QUESTION and decision.subject == Subject.POST:
        undo(db, made, by=by, at=at)
    return True


def undo_question(db: Session, post_id: int, *, by: Actor, at: datetime) -> Question | None:
    """It was no question after all. A post that was approved by being made one waits again.

    Once the question has been moved, or its post decided on, the post stays where it is.
    """
    question = question_of(db, post_id)
    if question is None:
        return None
    made = last_in_force(db, question.event_id, Subject.QUESTION, question.id)
    if made is not None and made.before == QuestionState.TAKEN_BACK and undo(db, made, by=by, at=at):
        return question
    return take_question_back(db, post_id, by=by, at=at)


def undo_merge(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """It is asked with no other any more. What came under another one along with it comes back with it."""
    question = seen_question(db, question_id)
    merged = last_in_force(db, question.event_id, Subject.MERGE, question_id)
    by_itself = merged is not None and merged.cause_id is None and merged.before == ALONE
    if question.asked_with is None or (merged is not None and by_itself and undo(db, merged, by=by, at=at)):
        return question
    return set_apart(db, question_id, by=by, at=at)


def undo_picked(db: Session, decision_id: int, *, by: Actor, at: datetime) -> bool:
    """Undo a decision picked from the log, whoever took it. False if it was taken back or overruled since.

    A state may be the same again and yet not be its work: then undoing it would undo what somebody decided later.
    """
    decision = db.get_one(Decision, decision_id)
    standing = last_in_force(db, decision.event_id, decision.subject, decision.subject_id)
    return standing is not None and standing.id == decision.id and undo_act(db, decision, by=by, at=at)


def undo_in_force(
    db: Session, event_id: int, subject: str, subject_id: int, *, by: Actor, at: datetime
) -> Decision | None:
    """Undo the decision on a subject that is in force, whatever it led to; None if there is none. Never an undo."""
    decision = last_in_force(db, event_id, subject, subject_id)
    return decision if decision is not None and undo_act(db, decision, by=by, at=at) else None


def undo_on(
    db: Session, event_id: int, subject: str, subject_id: int, after: str, *, by: Actor, at: datetime
) -> Decision | None:
    """Undo the decision that brought a subject into the state `after`, if it still is in it. Never an undo."""
    decision = db.exec(
        select(Decision)
        .where(
            Decision.event_id == event_id,
            Decision.subject == subject,
            Decision.subject_id == subject_id,
            Decision.after == after,
            (col(Decision.undoes_id) + 0).is_(None),
            not_taken_back(),
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
    ).first()
    return decision if decision is not None and undo_act(db, decision, by=by, at=at) else None


def undo_standing(db: Session, author_id: int, after: str, *, by: Actor, at: datetime) -> Decision | None:
    """Undo a block with all that it swept, or a trust; what cannot be undone any more is cleared."""
    event_id = db.get_one(Author, author_id).event_id
    undone = undo_on(db, event_id, Subject.AUTHOR, author_id, after, by=by, at=at)
    return undone or clear_standing(db, author_id, by=by, at=at)


def _in_force(event_id: int) -> SelectOfScalar[Decision]:
    return (
        select(Decision)
        .where(
            # From the newest back, until there are enough: not through all that was ever decided.
            col(Decision.event_id) + 0 == event_id,
            func.coalesce(col(Decision.subject), "").in_(list(_TAKE_BACK)),
            (col(Decision.cause_id) + 0).is_(None),
            (col(Decision.undoes_id) + 0).is_(None),
            not_taken_back(),
        )
        .order_by(col(Decision.id).desc())
        .limit(20)
    )

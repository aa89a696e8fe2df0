"""Votes: each is stored at once; what they come to is told to the screens a few times a second."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select, update

from app.actions.change_log import publish_all, soon
from app.actions.hasty_votes import STANDS, note_bursts
from app.actions.questions import NoSuchQuestion, seen_question
from app.actions.vote_counts import count_on, recount
from app.domain.event import Event, EventState, TakesNothing
from app.domain.question import Question, QuestionState, Vote
from app.domain.subject import Subject
from app.queries.merged_questions import concerned_with, lead_of, under

Wish = Question | NoSuchQuestion | TakesNothing

OPEN_TO_VOTES = frozenset({QuestionState.OPEN, QuestionState.ON_STAGE})


def vote(db: Session, question_id: int, device: str, *, at: datetime, origin: str = "") -> Question:
    """Count one device's wish, once. Raises NoSuchQuestion for one that is not open to votes.

    And TakesNothing unless its Event is open.

    `origin` stands for the address that it came from.
    """
    found = vote_many(db, [((question_id, device), {"at": at, "origin": origin})])[0]
    if isinstance(found, Exception):
        raise found
    return found


def vote_many(db: Session, calls: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> list[Wish]:
    """Do what as many calls of `vote` would, in a few statements. A writer calls it for those that wait."""
    questions = {question_id: _open_question(db, question_id) for question_id in {args[0] for args, _ in calls}}
    wishes = {args: kwargs for args, kwargs in calls if isinstance(questions[args[0]], Question)}
    # Not as pairs: SQLite would look through all votes for them.
    query = select(Vote).where(
        col(Vote.question_id).in_({question_id for question_id, _ in wishes}),
        col(Vote.device).in_({device for _, device in wishes}),
    )
    known = {(one.question_id, one.device): one for one in db.exec(query)} if wishes else {}
    again = [one for wish, one in known.items() if one.taken_back and wish in wishes]
    new = [
        {"question_id": wish[0], "device": wish[1], "at": more["at"], "origin": more.get("origin", ""), "hasty": False}
        for wish, more in wishes.items()
        if wish not in known
    ]
    if new:
        db.execute(insert(Vote), new)
        for question_id, times in Counter(one["question_id"] for one in new).items():
            _count(db, questions[question_id], times, at=new[-1]["at"])
    for one in again:
        _wish_again(db, one, questions[one.question_id], **wishes[one.question_id, one.device])
    seen = {key: lead_of(db, one) if isinstance(one, Question) else one for key, one in questions.items()}
    return [seen[args[0]] for args, _ in calls]


vote.together = vote_many  # type: ignore[attr-defined]


def take_vote_back(db: Session, question_id: int, device: str, *, at: datetime) -> Question:
    """No longer wish to hear it, nor what is asked with it. Without a vote nothing happens.

    Raises TakesNothing unless the Event is open.
    """
    question = _of_open_event(db, seen_question(db, question_id))
    lead = lead_of(db, question)
    together = {question.id, lead.id, *(one.id for one in under(db, lead.id))}
    own = select(Vote).where(col(Vote.question_id).in_(together), Vote.device == device, STANDS)
    for gone in db.exec(own.order_by(col(Vote.id)).with_for_update()).all():
        counted, hasty = gone.left_out_by is None, gone.hasty
        if hasty:
            gone.taken_back = True
        else:
            db.delete(gone)
        db.flush()
        if counted:
            _count(db, db.get_one(Question, gone.question_id), -1, at=at, hasty=-int(hasty))
    return lead


def publish_vote_totals(db: Session, event_id: int, *, at: datetime) -> int:
    """Announce the questions whose votes the screens do not know yet; gives how many they were."""
    untold = select(Question.id).where(Question.event_id == event_id, col(Question.votes) != col(Question.votes_told))
    ids = list(db.exec(untold.order_by(col(Question.id))))
    for question_id in ids:
        note_bursts(db, question_id, at=at)
    if together := concerned_with(db, ids) - set(ids):
        # Two votes of one person for two of them, at one moment, did not see each other.
        for question_id in sorted(together):
            recount(db, question_id)
        ids = list(db.exec(untold.order_by(col(Question.id))))
    if ids:
        db.exec(
            update(Question)
            .where(col(Question.id).in_(ids))
            .values(votes_told=col(Question.votes))
            .execution_options(synchronize_session=False)
        )
        publish_all(db, event_id, Subject.QUESTION, ids, at=at)
    return len(ids)


def _of_open_event(db: Session, question: Question) -> Question:
    state = db.exec(select(Event.state).where(Event.id == question.event_id)).one()
    if state is not EventState.OPEN:
        raise TakesNothing(EventState(state))
    return question


def _open_question(db: Session, question_id: int) -> Wish:
    try:
        question = _of_open_event(db, seen_question(db, question_id))
    except (NoSuchQuestion, TakesNothing) as error:
        return error
    return question if lead_of(db, question).state in OPEN_TO_VOTES else NoSuchQuestion()


def _wish_again(db: Session, vote: Vote, question: Wish, *, at: datetime, origin: str = "") -> None:
    """The vote that it was: what was left out stays so until a moderator lets it count."""
    vote.taken_back, vote.at, vote.origin = False, at, origin
    db.flush()
    if vote.left_out_by is None:
        _count(db, question, 1, at=at, hasty=int(vote.hasty))


def _count(db: Session, question: Wish, step: int, *, at: datetime, hasty: int = 0) -> None:
    assert isinstance(question, Question)  # noqa: S101 - only wishes for open questions are counted
    count_on(db, question, step, hasty=hasty)
    soon(db, publish_vote_totals, question.event_id, at=at)

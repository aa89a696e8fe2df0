"""How often people let through what a rule doubted, at one event and under the rules as they are."""

from collections.abc import Sequence
from itertools import takewhile

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.overruled_rules import (
    LEAST_DECISIONS,
    MAY_SAY_LESS,
    Judgement,
    Overruled,
    overruled_rules,
    ruled_alike,
)
from app.domain.policy import Policy
from app.domain.policy_version import PolicyVersion
from app.domain.post import DOUBTFUL, Post
from app.domain.subject import Subject

NEWEST_DOUBTED = 300
"""Posts that are looked at: what was decided in the morning says little in the evening."""
VERSIONS_LOOKED_THROUGH = 50
UNDOING = aliased(Decision)


def rules_overruled(db: Session, event: Event) -> list[Overruled]:
    """What may be suggested of the rules in force."""
    policy, judgements = Policy.from_json(event.policy), _judgements(db, event)
    if len(judgements) < LEAST_DECISIONS:
        return []
    return overruled_rules(policy, judgements, _since(db, event, policy))


def _judgements(db: Session, event: Event) -> list[Judgement]:
    """What people decided last about the newest posts that were doubted; not what came along with something else."""
    doubted = (
        select(Post.id, Post.doubts, Post.revision)
        .where(Post.event_id == event.id, sa.text(DOUBTFUL))
        .order_by(col(Post.id).desc())
        .limit(NEWEST_DOUBTED)
        .subquery()
    )
    about = and_(Decision.event_id == event.id, Decision.subject == Subject.POST, Decision.subject_id == doubted.c.id)
    found = db.execute(
        sa.select(doubted.c.id, col(Decision.id), doubted.c.doubts, col(Decision.after), col(Decision.policy_version))
        .join(Decision, about)
        .where(
            ~col(Decision.machine),
            col(Decision.cause_id).is_(None),
            col(Decision.undoes_id).is_(None),
            or_(col(Decision.revision).is_(None), Decision.revision == doubted.c.revision),
            ~select(UNDOING.id).where(UNDOING.undoes_id == Decision.id).exists(),
        )
        .order_by(col(Decision.id))
    )
    last = {post_id: Judgement(*told) for post_id, *told in found}
    return [one for one in last.values() if one.says_something]


def _since(db: Session, event: Event, policy: Policy) -> dict[str, tuple[int, int]]:
    """For each rule the version that brought it to its level, and the decision by which it was left there."""
    books = select(PolicyVersion).where(PolicyVersion.event_id == event.id)
    versions = list(db.exec(books.order_by(col(PolicyVersion.version).desc()).limit(VERSIONS_LOOKED_THROUGH)))
    left = (
        select(Decision.before, func.max(Decision.id))
        .where(Decision.event_id == event.id, Decision.subject == Subject.RULE)
        .group_by(col(Decision.before))
    )
    decided: dict[str, int] = dict(db.exec(left).all())
    return {rule: (_brought_by(versions, policy, rule), decided.get(rule, 0)) for rule in MAY_SAY_LESS}


def _brought_by(versions: Sequence[PolicyVersion], policy: Policy, category: str) -> int:
    alike = takewhile(lambda book: ruled_alike(Policy.from_json(book.policy), policy, category), versions)
    return min((book.version for book in alike), default=0)

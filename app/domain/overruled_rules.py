"""Which rules people overrule again and again: a suggestion to let one say less, for an organiser to take or leave.

Nothing is learned in secret: what is counted is said, nothing follows from it by itself, and what protects people is
never suggested, however often it is overruled.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.category import Category
from app.domain.policy import Policy
from app.domain.verdict import Level, Verdict

MAY_SAY_LESS: Mapping[str, Level] = {
    Category.SPAM: Level.NOTE,
    Category.LINK: Level.NOTE,
    Category.DUPLICATE: Level.NOTE,
    Category.OBFUSCATION: Level.NOTE,
    Category.LANGUAGE: Level.NOTE,
    Category.ABUSE: Level.NUDGE,
}
"""What a rule may be made of. Insults are pointed out at least, so that in no mode one passes by itself.

All others protect people: somebody who may need help or is threatened, whose data or story it is, whom a post attacks.
"""
LEAST_DECISIONS = 10
OVERRULED = 0.9


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided last about a doubted post, and under which version of the rules."""

    decision_id: int
    doubts: str
    after: str
    policy_version: int

    @property
    def says_something(self) -> bool:
        """Whoever keeps a post for later, or sends it back to the queue, judges no rule."""
        return self.after in (Verdict.APPROVED, Verdict.REJECTED)


@dataclass(frozen=True, slots=True)
class Overruled:
    """Of so many decisions about posts that a rule doubted, so many let the post be shown."""

    category: str
    overruled: int
    of: int
    level: Level
    """What it could be from now on."""


def overruled_rules(
    policy: Policy, judgements: Iterable[Judgement], since: Mapping[str, tuple[int, int]]
) -> list[Overruled]:
    """The rules that nearly always were overruled, most often first.

    `since` has for a rule the version of the rules that brought it to its level, and the decision that left it there:
    what was decided before either says nothing any more.
    """
    of, let_through = Counter[str](), Counter[str]()
    for one in judgements:
        for category in filter(None, one.doubts.split(",")):
            version, decision_id = since.get(category, (0, 0))
            if one.policy_version >= version and one.decision_id > decision_id:
                of[category] += 1
                let_through[category] += one.after == Verdict.APPROVED
    found = [
        Overruled(category, let_through[category], count, MAY_SAY_LESS[category])
        for category, count in of.items()
        if category in MAY_SAY_LESS
        and says_more(policy, category)
        and count >= LEAST_DECISIONS
        and let_through[category] >= OVERRULED * count
    ]
    return sorted(found, key=lambda one: (-one.overruled, one.category))


def says_more(policy: Policy, category: str) -> bool:
    """Whether a rule says more than it might be made to say. A preset that lets it say less already is left alone."""
    own = dict(policy.levels).get(category)
    least = MAY_SAY_LESS[category]
    order = list(Level)
    if own in order:
        return order.index(Level(own)) > order.index(least)
    return least is Level.NOTE or policy.preset != "relaxed"


def saying_less(policy: Policy, category: str) -> Policy:
    levels = {**dict(policy.levels), category: MAY_SAY_LESS[category].value}
    return replace(policy, levels=tuple(sorted(levels.items())))


def ruled_alike(one: Policy, other: Policy, category: str) -> bool:
    """Whether a doubt of a category does the same under both."""
    return one.preset == other.preset and dict(one.levels).get(category) == dict(other.levels).get(category)

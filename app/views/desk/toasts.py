"""What moderators are told of what they did: of one post and those like it, of many at once, of an undo."""

from collections.abc import Callable

from app.domain.decision import Decision
from app.domain.sentence import Sentence, counted, together
from app.domain.verdict import Verdict

_GIVEN: dict[Verdict, Sentence] = {
    Verdict.APPROVED: Sentence("Approved."),
    Verdict.REJECTED: Sentence("Rejected."),
    Verdict.STASHED: Sentence("Kept for later."),
    Verdict.HELD: Sentence("Back in the queue."),
}
_ALONG: dict[Verdict, Callable[[int], Sentence]] = {
    Verdict.APPROVED: lambda along: counted(
        "Approved; the other one is declined as said.", "Approved; the %(num)d others are declined as said.", along
    ),
    Verdict.REJECTED: lambda along: counted(
        "Rejected; so is the other one like it.", "Rejected; so are %(num)d more.", along
    ),
    Verdict.STASHED: lambda along: counted(
        "Kept for later; so is the other one like it.", "Kept for later; so are %(num)d more.", along
    ),
}
_MANY: dict[Verdict, Callable[[int], Sentence]] = {
    Verdict.APPROVED: lambda won: counted("One post: approved.", "%(num)d posts: approved.", won),
    Verdict.REJECTED: lambda won: counted("One post: rejected.", "%(num)d posts: rejected.", won),
    Verdict.STASHED: lambda won: counted("One post: kept for later.", "%(num)d posts: kept for later.", won),
    Verdict.HELD: lambda won: counted("One post: back in the queue.", "%(num)d posts: back in the queue.", won),
}
_UNDONE: dict[tuple[str, str], Sentence] = {
    ("post", "held"): Sentence("Undone: the post by %(name)s waits again."),
    ("post", "approved"): Sentence("Undone: the post by %(name)s is shown again."),
    ("post", "stashed"): Sentence("Undone: the post by %(name)s is kept for later again."),
    ("post", "rejected"): Sentence("Undone: the post by %(name)s is rejected again."),
    ("author", "open"): Sentence("Undone: %(name)s is neither blocked nor trusted now."),
    ("author", "trusted"): Sentence("Undone: %(name)s is trusted again."),
    ("author", "blocked"): Sentence("Undone: %(name)s is blocked again."),
    ("question", "taken_back"): Sentence("Undone: what %(name)s wrote is no question any more."),
    ("question", "open"): Sentence("Undone: the question of %(name)s is open again."),
    ("question", "on_stage"): Sentence("Undone: the question of %(name)s is on stage again."),
    ("question", "answered"): Sentence("Undone: the question of %(name)s is answered."),
    ("question", "dismissed"): Sentence("Undone: the question of %(name)s is dismissed."),
    ("event", "live"): Sentence("Undone: the wall is live again."),
    ("event", "paused"): Sentence("Undone: the wall is paused again."),
    ("event", "blank"): Sentence("Undone: the wall is blank again."),
    ("intake", "open"): Sentence("Undone: the rules decide again what gets in."),
    ("intake", "hold_all"): Sentence("Undone: everything waits again."),
    ("intake", "only_trusted"): Sentence("Undone: only trusted authors get in again."),
}
"""By what a decision was about, and what stands again."""
_ALWAYS = {
    "clearing": Sentence("Undone: what was on the wall is back."),
    "scene": Sentence("Undone: the wall shows again what it showed before."),
    "announcement": Sentence("Undone: announced is what was announced before."),
    "policy": Sentence("Undone: the rules are as they were before."),
    "agreement": Sentence("Undone: the post by %(name)s needs two people again."),
    "name": Sentence("Undone: the post by %(name)s bears its former name again."),
    "votes": Sentence("Undone: the votes for the question of %(name)s count again."),
    "delay": Sentence("Undone: the post by %(name)s may show itself again."),
}


def of_one(verdict: Verdict, along: int) -> Sentence:
    """`along` others that say the same went with it."""
    return _ALONG[verdict](along) if along else _GIVEN[verdict]


def of_many(verdict: Verdict, won: int, agreed: int, lost: int) -> Sentence:
    """So many have the verdict now, need a second person, had been decided before."""
    sentences = [_MANY[verdict](won)]
    if agreed:
        sentences.append(
            counted(
                "%(num)d with personal data need a second person.",
                "%(num)d with personal data need a second person.",
                agreed,
            )
        )
    if lost:
        sentences.append(
            counted("%(num)d had been decided by somebody else.", "%(num)d had been decided by somebody else.", lost)
        )
    return together(sentences)


def of_undo(undone: Decision, stands: str, name: str, by: str) -> Sentence:
    """Whose post or question it was, how that `stands` now, and who had done it if that was somebody else."""
    known = _ALWAYS.get(undone.subject) or _UNDONE.get((undone.subject, stands))
    said = known.filled(name=name) if known else Sentence("Undone.")
    return together([said, Sentence("%(name)s had done it.", name=by)]) if by else said

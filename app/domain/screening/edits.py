"""What an edit makes of a ruling: the same for one that comes in, for one screened again, and for a line of a file."""

from app.domain.verdict import Ruling, Verdict


def after_an_edit(before: Verdict, ruling: Ruling) -> Ruling:
    """What was hidden stays hidden; all else waits for a person anew, or passes by the rules."""
    if Verdict.REJECTED in (before, ruling.verdict):
        return Ruling(Verdict.REJECTED, ruling.signals, scores=ruling.scores)
    if ruling.verdict is Verdict.APPROVED:
        return ruling
    passes = ruling.passes_when_read
    return Ruling(Verdict.HELD, ruling.signals, scores=ruling.scores, passes_when_read=passes)

"""Words as somebody has seen them: what is let through is exactly that."""

import hashlib

from app.domain.verdict import Verdict


def seen_mark(verdict: Verdict, *words: str) -> str:
    """What stands for words and for what was decided of them until then; others have another mark, under any number."""
    return hashlib.sha256("\0".join((verdict.value, *words)).encode()).hexdigest()[:16]

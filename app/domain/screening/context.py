"""What screening knows besides the post itself; read by the verb, so that the checks need no I/O."""

from dataclasses import dataclass

from app.domain.post import Standing


@dataclass(frozen=True, slots=True)
class Context:
    """`approved_before` counts the author's approved posts here; `same_text` those with the same fingerprint."""

    standing: Standing = Standing.OPEN
    approved_before: int = 0
    same_text: int = 0
    same_text_by_author: int = 0

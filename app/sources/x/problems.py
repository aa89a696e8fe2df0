"""What X's refusals mean for the person at the desk. Pure."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain.sentence import Sentence
from app.sources import Ended, Why
from app.sources.json_fields import Json, number_of, object_of, objects_of, text_of


def refusal(status: int, headers: Mapping[str, str], body: str) -> Ended:
    """Read an answer that is not 200. The sentence is ours: nothing that X sent is shown or logged."""
    problem = _problem(body)
    words = " ".join(text_of(problem.get(name)) for name in ("title", "type", "reason", "connection_issue")).lower()
    if status == 401:
        return Ended(
            Why.AUTH,
            "X does not accept the token. Make a new one at console.x.com and enter it in setup, under Networks.",
        )
    if status == 402:
        return Ended(Why.NO_CREDIT, "X says the credit is used up. Buy credit at console.x.com, then try again.")
    if "usage" in words and "cap" in words:
        return Ended(Why.USAGE_CAP, "X says the spending cap is reached. Raise it at console.x.com, then try again.")
    if status == 403:
        return Ended(
            Why.FORBIDDEN_PLAN, "X does not allow this with the token's plan. Look at the app at console.x.com."
        )
    if status == 409:
        return Ended(Why.BAD_RULES, "X says that no rules are set.")
    if "toomanyconnections" in words or ("connectionexception" in words and status == 429):
        return Ended(Why.TOO_MANY_CONNECTIONS, "X says that this token is connected elsewhere already.")
    if status in (420, 429):
        return Ended(Why.RATE_LIMITED, "X wants us to ask less often.", retry_at=_reset(headers))
    if status == 400:
        return Ended(Why.BAD_RULES, "X does not understand what we ask for. Check the hashtags.")
    return Ended(Why.HTTP, Sentence("X is not working properly (%(status)s).", status=str(status)))


def misspelled(status: int, body: str) -> bool:
    """Whether X refuses the names of fields, and not what we look for."""
    told = body.lower()
    return status == 400 and any(name in told for name in (".fields", "`expansions`", "[expansions"))


def _problem(body: str) -> Json:
    try:
        answer = object_of(json.loads(body))
    except (ValueError, RecursionError):
        return {}
    inner = objects_of(answer.get("errors"))
    return answer if "title" in answer or not inner else inner[0]


def _reset(headers: Mapping[str, str]) -> datetime | None:
    seconds = number_of(headers.get("x-rate-limit-reset"))
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds < 10**11 else None

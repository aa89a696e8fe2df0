"""What `backchannel doctor` looks at: whether X can be reached and takes the token."""

import aiohttp

from app.domain.doctor_findings import Checkup, Diagnosis, Health
from app.sources.x.settings import XSettings

CHECKED_WITHIN = 6.0
ABOUT = "X"


async def examine(settings: XSettings) -> Checkup:
    """Ask X for the stream's rules, which costs nothing; even a refusal bears its date."""
    url = settings.url + "/2/tweets/search/stream/rules"
    headers = {"Authorization": f"Bearer {settings.token}"} if settings.token else {}
    try:
        timeout = aiohttp.ClientTimeout(total=CHECKED_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url, headers=headers) as answer:
            status, date = answer.status, answer.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Checkup((_unreachable(url, error) if settings.token else _no_token(),))
    return Checkup((_token(status) if settings.token else _no_token(),), date)


def _unreachable(url: str, error: Exception) -> Diagnosis:
    todo = "Check this machine's network and X_API_URL."
    return Diagnosis(ABOUT, Health.WARNING, f"{url} cannot be reached ({type(error).__name__}).", todo)


def _no_token() -> Diagnosis:
    todo = "Put the bearer token of an X app into X_BEARER_TOKEN. Everything else works without."
    return Diagnosis(ABOUT, Health.WARNING, "There is no token, so no posts come from X.", todo)


def _token(status: int) -> Diagnosis:
    if status == 200:
        return Diagnosis(ABOUT, Health.OK, "X accepts the token.")
    todo = {
        401: "Copy the bearer token again from X's console.",
        402: "Buy credits in X's console.",
        403: "Give the app access to the filtered stream or recent search in X's console.",
        429: "Wait a quarter of an hour, or raise the spending limit in X's console.",
    }.get(status, "Try again later; X itself may be down.")
    return Diagnosis(ABOUT, Health.WRONG, f"X refuses the token ({status}).", todo)

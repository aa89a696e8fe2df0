"""X as the rest of the program knows it: its descriptor."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import SecretStr

from app.domain.doctor_findings import Checkup
from app.domain.incoming import Found
from app.domain.looking_through import WHOLE_IN_ARCHIVE
from app.domain.network import Network, Option, Options, Token, TokenCheck
from app.domain.recorded import RecordedForm
from app.domain.sentence import Sentence
from app.domain.source_marks import Mark
from app.queries.sources import Assignment
from app.sources import Clock, Source
from app.sources.x.limits import LIMITS, PRICES
from app.sources.x.payload import read_page
from app.sources.x.settings import XSettings


def _needs(settings: XSettings) -> str:
    if settings.token:
        return ""
    return Sentence(
        "There is no token. Make an app at console.x.com and enter its bearer token here. Everything else works "
        "without X."
    )


def _recordings() -> Sequence[RecordedForm]:
    from app.sources.x.recorded import forms  # noqa: PLC0415 - loaded only by who reads a file

    return forms()


def _recorded(line: Mapping[str, Any]) -> Sequence[Found] | None:
    data = line.get("data")
    posts = data if isinstance(data, list) else [data]
    return read_page(line).found if any(isinstance(post, dict) for post in posts) else None


async def _examine(settings: XSettings) -> Checkup:
    from app.sources.x.doctor import examine  # noqa: PLC0415 - aiohttp is loaded only by who asks

    return await examine(settings)


async def _check_token(settings: XSettings, _: Options) -> TokenCheck:
    from app.sources.x.token import check  # noqa: PLC0415 - tweepy is loaded only by who asks

    return await check(settings)


def _make(assignment: Assignment, settings: XSettings, clock: Clock) -> Source:
    from app.sources.x.source import XSource  # noqa: PLC0415 - tweepy is loaded only by who listens

    return XSource(assignment, settings, clock)


X = Network(
    key="x",
    label="X",
    mark=Mark(fill="M17.8 3h3.2l-7 8 8.2 10h-6.4l-5-6.3L5 21H1.8l7.5-8.6L1.4 3H8l4.5 5.8zm-1.1 16.1h1.8L7 4.8H5.1z"),
    public_words=False,  # X's terms: outside its cards, ids and links only
    whole_words=True,  # and never shortened
    settings=XSettings,
    needs=_needs,
    writes_at="https://x.com/intent/post?text=",
    doctor=_examine,
    make=_make,
    token=Token(
        label=Sentence("Bearer token of an app of yours"),
        hint=Sentence("From console.x.com. What is read with it is paid for by whoever owns that app."),
        held=lambda settings: settings.token,
        put=lambda settings, token: settings.model_copy(update={"x_bearer_token": SecretStr(token)}),
        check=_check_token,
    ),
    options=(
        Option("mode", Sentence("Search every few seconds instead of listening"), value="poll"),
        Option("include_reposts", Sentence("Count reposts (each costs as much as a post)")),
        Option(
            "answers", Sentence("Also what answers posts on the screens, without the hashtag (each costs as a post)")
        ),
        Option("cap", Sentence("The most that reading may cost on one day, in dollars (empty: no limit)"), kind="text"),
        Option(
            WHOLE_IN_ARCHIVE,
            Sentence(
                "Show whole posts in the archive of the closed event, and pay for asking every day whether they still "
                "stand (otherwise links)"
            ),
        ),
    ),
    prices=PRICES,
    limits=LIMITS,
    kept_days=90,
    wants_stream=lambda options: options.get("mode") != "poll",
    recorded=_recorded,
    recordings=_recordings,
)

"""Mastodon as the rest of the program knows it: its descriptor."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.domain.doctor_findings import Checkup, Diagnosis, Health
from app.domain.incoming import Found
from app.domain.network import Limits, Network, Option, Options, Token, TokenCheck
from app.domain.recorded import RecordedForm
from app.domain.sentence import Sentence
from app.domain.source_marks import Mark
from app.queries.sources import Assignment
from app.sources import Clock, Source, Unreadable
from app.sources.mastodon.servers import USUAL, name_of
from app.sources.mastodon.settings import MastodonSettings, with_token


async def _examine(settings: MastodonSettings) -> Checkup:  # noqa: ARG001
    """Each event names its own servers: how these are getting on stands at its desk."""
    return Checkup((Diagnosis("Mastodon", Health.OK, "Public timelines are read without an account."),))


async def _check_token(settings: MastodonSettings, options: Options) -> TokenCheck:
    from app.sources.mastodon.token import check  # noqa: PLC0415 - aiohttp is loaded only by who asks

    return await check(settings, str(options.get("servers", USUAL)))


def _make(assignment: Assignment, settings: MastodonSettings, clock: Clock) -> Source:
    from app.sources.mastodon.source import MastodonSource  # noqa: PLC0415 - aiohttp is loaded only by who listens

    return MastodonSource(assignment, settings, clock)


def _recordings() -> Sequence[RecordedForm]:
    from app.sources.mastodon.outbox import forms  # noqa: PLC0415 - loaded only by who reads a file

    return forms()


def _recorded(line: Mapping[str, Any]) -> Sequence[Found] | None:
    """A line with one status, as `statuses` and timelines give it."""
    if not {"uri", "content", "account"} <= line.keys():
        return None
    from app.sources.mastodon.payload import NotForUs, read_status  # noqa: PLC0415 - lxml is loaded only by who reads

    server = name_of(str(line["uri"])).partition("/")[0]
    try:
        return (read_status(dict(line), server=server),)
    except NotForUs:
        return ()
    except Unreadable:
        return None


MASTODON = Network(
    key="mastodon",
    label="Mastodon",
    mark=Mark(
        line="M16 20c-8 1.6-12-1-12-8V8.5c0-3.5 2.6-5 8-5s8 1.5 8 5V12c0 3-2 4.5-6 4.5-3 0-4.5-.5-4.5-.5M8 13V9.5C8 "
        "7.3 12 7 12 10v2.5M12 10c0-3 4-2.7 4-.5V13",
        width=2.2,
    ),
    settings=MastodonSettings,
    needs=lambda _: "",
    doctor=_examine,
    make=_make,
    writes_at="https://share.joinmastodon.org/#text=",
    begins=False,
    token=Token(
        label=Sentence("Access token of an account at the first server"),
        hint=Sentence(
            "From the account's preferences, under Development: a new application with the right to read. With it "
            "posts come at once, and what is deleted leaves at once. Whom that account blocks or filters is left "
            "out: use a fresh one."
        ),
        held=lambda settings: settings.token,
        put=with_token,
        check=_check_token,
    ),
    options=(
        Option(
            "servers",
            Sentence("Servers to ask, with commas between; each sees only what reaches it"),
            kind="text",
            default=USUAL,
        ),
        Option("answers", Sentence("Also what answers posts on the screens, without the hashtag")),
        Option("hidden_from_search", Sentence("Also people who ask not to be found by search engines")),
        Option("no_bots", Sentence("Leave out what programs post")),
    ),
    limits=Limits(connections=40, window=timedelta(minutes=15), longest=timedelta(minutes=10)),
    recorded=_recorded,
    recordings=_recordings,
)

"""Bluesky as the rest of the program knows it: its descriptor."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from app.domain.doctor_findings import Checkup, Diagnosis, Health
from app.domain.incoming import Found
from app.domain.network import Limits, Network, Option, Options, Token, TokenCheck
from app.domain.recorded import RecordedForm
from app.domain.sentence import Sentence, together
from app.domain.source_marks import Mark
from app.queries.sources import Assignment
from app.sources import Clock, Ended, Source, Unreadable, Why
from app.sources.bluesky.settings import BlueskySettings

NOT_BOTH = Sentence("Enter handle and app password with a colon between, as in nia.bsky.social:abcd-efgh-ijkl-mnop.")
UNCHECKED = Sentence("The app password could not be checked now:")


async def _examine(settings: BlueskySettings) -> Checkup:  # noqa: ARG001
    """Nobody is asked: how listening goes stands at the desk of each event that does."""
    return Checkup((Diagnosis("Bluesky", Health.OK, "Its stream and its look-ups are open to everybody."),))


async def _check_account(settings: BlueskySettings, _: Options) -> TokenCheck:
    from app.sources.bluesky.search import REFUSED, Search  # noqa: PLC0415 - loaded only by who asks

    search = Search(settings)
    if not search.is_possible:
        return TokenCheck(NOT_BOTH, refused=True)
    try:
        await search.sign_in()
    except Ended as ended:
        if ended.why is Why.AUTH:
            return TokenCheck(REFUSED, refused=True)
        return TokenCheck(together([UNCHECKED, ended.sentence]))
    return TokenCheck(Sentence("Bluesky takes it: what was posted on the day before is searched for too."))


def _make(assignment: Assignment, settings: BlueskySettings, clock: Clock) -> Source:
    from app.sources.bluesky.source import BlueskySource  # noqa: PLC0415 - loaded only by who listens

    return BlueskySource(assignment, settings, clock)


def _recordings() -> Sequence[RecordedForm]:
    from app.sources.bluesky.repository import forms  # noqa: PLC0415 - loaded only by who reads a file

    return forms()


def _recorded(line: Mapping[str, Any]) -> Sequence[Found] | None:
    """A line with one post, as `getPosts` gives it."""
    if not {"uri", "record", "author"} <= line.keys():
        return None
    from app.sources.bluesky.payload import NotForUs, read_post  # noqa: PLC0415 - loaded only by who reads

    try:
        return (read_post(dict(line)),)
    except NotForUs:
        return ()
    except Unreadable:
        return None


BLUESKY = Network(
    key="bluesky",
    label="Bluesky",
    mark=Mark(
        fill="M12 11.2C10.6 8.2 7 5 4.3 3.9 2.6 3.2 2 4 2 5.8c0 1.6.8 5.7 1.3 6.5.7 1.3 2.5 1.9 4.6 1.6-3.4.6-4.3 "
        "2.5-2.4 4.3 3 2.9 5.3-.2 6-2.4l.5-1.6.5 1.6c.7 2.2 3 5.3 6 2.4 1.9-1.8 1-3.7-2.4-4.3 2.1.3 3.9-.3 4.6-1.6.5-"
        ".8 1.3-4.9 1.3-6.5 0-1.8-.6-2.6-2.3-1.9C17 5 13.4 8.2 12 11.2z"
    ),
    settings=BlueskySettings,
    needs=lambda _: "",
    doctor=_examine,
    make=_make,
    writes_at="https://bsky.app/intent/compose?text=",
    begins=False,
    token=Token(
        label=Sentence("Handle and app password, with a colon between"),
        hint=Sentence(
            "Only to search for what was posted before this event listened. Made in Bluesky's settings, under Privacy "
            "and security: nia.bsky.social:abcd-efgh-ijkl-mnop. Never enter the account's own password."
        ),
        held=lambda settings: settings.account,
        put=lambda settings, typed: settings.model_copy(update={"bluesky_app_password": SecretStr(typed)}),
        check=_check_account,
    ),
    options=(Option("answers", Sentence("Also what answers posts that are kept here, without the hashtag")),),
    limits=Limits(connections=40, window=timedelta(minutes=15), longest=timedelta(minutes=10)),
    recorded=_recorded,
    recordings=_recordings,
)

"""Plaza, a network that nobody has heard of: all that a network needs, in one folder."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.doctor_findings import Checkup, Diagnosis, Health
from app.domain.incoming import Found
from app.domain.network import Limits, Network, Option, Options, Token, TokenCheck
from app.domain.sentence import Sentence
from app.domain.source_marks import Mark
from app.queries.sources import Assignment
from app.sources import Clock, Ended, Source, Why
from tests.sources.invented.source import Plaza, asked, read_post


class PlazaSettings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    plaza_url: str = Field(default="https://plaza.example", description="Any server that speaks Plaza.")
    plaza_key: SecretStr = Field(default=SecretStr(""), description="Key of Plaza.")


def _needs(settings: PlazaSettings) -> str:
    return "" if settings.plaza_key.get_secret_value() else Sentence("Ask Plaza for a key and set PLAZA_KEY.")


async def _examine(settings: PlazaSettings) -> Checkup:
    try:
        answer = await asked(settings.plaza_url, settings.plaza_key.get_secret_value(), after=0)
    except Ended as ended:
        return Checkup((Diagnosis("Plaza", Health.WRONG, ended.sentence, "Set PLAZA_KEY."),))
    return Checkup((Diagnosis("Plaza", Health.OK, "Plaza takes the key."),), answer.date)


async def _check(settings: PlazaSettings, _: Options) -> TokenCheck:
    try:
        await asked(settings.plaza_url, settings.plaza_key.get_secret_value(), after=0)
    except Ended as ended:
        return TokenCheck(ended.sentence, refused=ended.why is Why.AUTH)
    return TokenCheck("Plaza takes the key.")


def _make(assignment: Assignment, settings: PlazaSettings, clock: Clock) -> Source:
    return Plaza(assignment, settings.plaza_url, settings.plaza_key.get_secret_value(), clock)


def _recorded(line: Mapping[str, Any]) -> Sequence[Found] | None:
    return (read_post(line["plaza"]),) if "plaza" in line else None


PLAZA = Network(
    key="plaza",
    label="Plaza",
    mark=Mark(line="M3 21h18M5 21V9l7-5 7 5v12"),
    settings=PlazaSettings,
    needs=_needs,
    doctor=_examine,
    make=_make,
    token=Token(
        label="Key of Plaza",
        hint="Plaza gives it to everybody.",
        held=lambda settings: settings.plaza_key.get_secret_value(),
        put=lambda settings, key: settings.model_copy(update={"plaza_key": SecretStr(key)}),
        check=_check,
    ),
    options=(
        Option("square", Sentence("Which square"), kind="text", default="the market"),
        Option("loud", Sentence("Only what is shouted"), value="shouted"),
    ),
    limits=Limits(streams=2),
    wants_stream=lambda options: options.get("loud") != "shouted",
    recorded=_recorded,
)

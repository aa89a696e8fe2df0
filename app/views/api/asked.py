"""What programs may say: what is named and nothing else, so that a slip of the pen does not pass for a default."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict


class Asked(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid")


def _written_out(value: object) -> object:
    if not isinstance(value, str) or value.strip().lstrip("+-").replace(".", "").isdigit():
        raise ValueError("a time is written out, with its zone, such as 2026-06-11T12:00:00Z")
    return value


def _in_utc(value: datetime) -> datetime:
    """On the first and the last day of all there are zones in which it is no time any more."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if value.year == 1 else datetime.max.replace(tzinfo=UTC)


AskedTime = Annotated[AwareDatetime, AfterValidator(_in_utc)]
WrittenTime = Annotated[AskedTime, BeforeValidator(_written_out)]
"""A time as ISO 8601 has it; seconds since 1970, which pydantic takes too, are no time that we say we take."""

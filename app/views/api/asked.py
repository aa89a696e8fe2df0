"""What programs may say: what is named and nothing else, so that a slip of the pen does not pass for a default."""

from datetime import UTC, datetime
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, model_validator


class Asked(BaseModel):
    """The body of a request. In JSON false is no number, and neither 1 nor "yes" is true."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _of_its_own_type(cls, said: Any) -> Any:
        if isinstance(said, dict):
            for name, field in cls.model_fields.items():
                kinds, value = _plain_kinds(field.annotation), said.get(name)
                if kinds and any(_is_another(one, kinds) for one in (value if isinstance(value, list) else [value])):
                    raise ValueError(f"{name} is of another type")
        return said


def _plain_kinds(annotation: Any) -> set[type]:
    """Which of number and truth a field is of, in a list or not; none if words may stand there."""
    parts = [_plain_kinds(one) for one in get_args(annotation)]
    return {annotation} if annotation in (int, float, bool, str) else set().union(*parts)


def _is_another(value: object, kinds: set[type]) -> bool:
    if isinstance(value, bool):
        return bool not in kinds and str not in kinds
    return isinstance(value, int | float | str) and (kinds == {bool} or (isinstance(value, str) and str not in kinds))


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

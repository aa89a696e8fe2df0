"""Column types and names that mean the same on SQLite and on PostgreSQL."""

import logging
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Dialect, Text, TypeDecorator
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel

from app.domain.sentence import said_or_typed, to_store
from app.domain.stored_json import Shape

log = logging.getLogger(__name__)
NO_JSON = object()

# Constraints need names of our own choosing, or a later migration could not drop them.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def stored(enum: type[StrEnum]) -> Any:
    """An enum kept as its value in a plain text column, so a new member needs no migration."""
    return SqlEnum(
        enum,
        native_enum=False,
        length=16,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


class StoredJson(TypeDecorator[Any]):
    """A JSON column as it stands in the database; what is no JSON at all reads as NO_JSON."""

    impl = JSON
    cache_ok = True
    should_evaluate_none = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        decode = self.load_dialect_impl(dialect).result_processor(dialect, coltype)

        def read(value: Any) -> Any:
            if value is None:
                return None  # no row at all: an outer join; a JSON null is something else
            try:
                found = decode(value) if decode is not None else value
            except ValueError:
                found = NO_JSON
            return self.process_result_value(found, dialect)

        return read

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return value


class ShapedJson(StoredJson):
    """A JSON column that keeps to its shape: nothing else is written; of what is damaged, what is whole is read.

    `name` is that of the column; the log tells each damaged field once.
    """

    cache_ok = True

    def __init__(self, name: str, shape: Shape) -> None:
        super().__init__()
        self.name, self.shape = name, shape

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        if wrong := self.shape.problems(value):
            raise Misshapen(f"{self.name}: {', '.join(wrong) or 'it'} cannot be stored")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        wrong = self.shape.problems(value)
        if not wrong:
            return value
        for place in {f"{self.name}.{one}".rstrip(".") for one in wrong} - _TOLD:
            _TOLD.add(place)
            log.warning("%s is damaged in the database; what is whole is used. See: backchannel doctor", place)
        return self.shape.mended(value)


def shaped(name: str, shape: Shape) -> Any:
    return ShapedJson(name, shape)


class Misshapen(ValueError):
    """A bug of ours: what comes from outside is checked where it comes in."""


_TOLD: set[str] = set()


class StoredSentence(TypeDecorator[str]):
    """A text column that keeps what a Sentence was made of. Plain text, ours of old or a person's, stays as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and to_store(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and said_or_typed(value)

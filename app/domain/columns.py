"""Column types and names that mean the same on SQLite and on PostgreSQL."""

import json
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Dialect, Text, TypeDecorator
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel

from app.domain.sentence import Sentence, from_json

# Constraints need names of our own choosing, or a later migration could not drop them.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

STORED_JSON: Any = JSON().with_variant(JSONB(), "postgresql")


def stored(enum: type[StrEnum]) -> Any:
    """An enum kept as its value in a plain text column, so a new member needs no migration."""
    return SqlEnum(
        enum,
        native_enum=False,
        length=16,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


class StoredSentence(TypeDecorator[str]):
    """A text column that keeps what a Sentence was made of. Plain text, ours of old or a person's, stays as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return json.dumps(value.as_json(), ensure_ascii=False) if isinstance(value, Sentence) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return from_json(json.loads(value)) if value and value.startswith('{"message": ') else value

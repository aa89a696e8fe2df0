"""Column types and names that mean the same on SQLite and on PostgreSQL."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel

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

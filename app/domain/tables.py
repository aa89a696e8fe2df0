"""All tables, in one place, for migrations and tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.domain import column_types, decision, event, post, programme_file, publication, question

__all__ = ["column_types", "decision", "event", "metadata", "post", "programme_file", "publication", "question"]

metadata: MetaData = SQLModel.metadata

"""All tables, in one place, for migrations and tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.domain import columns, decision, event, post, programme_file, publication, question

__all__ = ["columns", "decision", "event", "metadata", "post", "programme_file", "publication", "question"]

metadata: MetaData = SQLModel.metadata

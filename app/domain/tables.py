"""All tables, in one place, for migrations and tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.domain import columns, decision, event, post, publication, question

__all__ = ["columns", "decision", "event", "metadata", "post", "publication", "question"]

metadata: MetaData = SQLModel.metadata

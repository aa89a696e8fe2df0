"""All tables, in one place, for migrations and tests."""

from sqlalchemy import MetaData

from app.domain import columns, decision, event, post, publication, question

__all__ = ["columns", "decision", "event", "metadata", "post", "publication", "question"]

metadata: MetaData = columns.SQLModel.metadata

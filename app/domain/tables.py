"""All tables, in one place, for migrations and tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.domain import (
    access,
    brand_picture,
    column_types,
    decision,
    event,
    home_link,
    mailed_link,
    network_token,
    policy_version,
    post,
    programme_file,
    publication,
    question,
    reading_cost,
    seats,
    source,
    talk,
    webhook,
)

__all__ = [
    "access",
    "brand_picture",
    "column_types",
    "decision",
    "event",
    "home_link",
    "mailed_link",
    "metadata",
    "network_token",
    "policy_version",
    "post",
    "programme_file",
    "publication",
    "question",
    "reading_cost",
    "seats",
    "source",
    "talk",
    "webhook",
]

metadata: MetaData = SQLModel.metadata

"""All tables, in one place, for migrations and tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.domain import (
    access,
    backstage,
    brand_picture,
    column_types,
    decision,
    digest,
    erasure,
    event,
    home_link,
    house_rules,
    lease,
    mailed_link,
    meet,
    network_token,
    policy_version,
    post,
    programme_file,
    programme_watch,
    prompt,
    publication,
    question,
    reading_cost,
    resource,
    room,
    scene,
    seats,
    series,
    source,
    star,
    survey,
    takedown,
    talk,
    tap,
    webhook,
)

__all__ = [
    "access",
    "backstage",
    "brand_picture",
    "column_types",
    "decision",
    "digest",
    "erasure",
    "event",
    "home_link",
    "house_rules",
    "lease",
    "mailed_link",
    "meet",
    "metadata",
    "network_token",
    "policy_version",
    "post",
    "programme_file",
    "programme_watch",
    "prompt",
    "publication",
    "question",
    "reading_cost",
    "resource",
    "room",
    "scene",
    "seats",
    "series",
    "source",
    "star",
    "survey",
    "takedown",
    "talk",
    "tap",
    "webhook",
]

metadata: MetaData = SQLModel.metadata

for _table in metadata.tables.values():
    # SQLite would give the number of a row that was deleted to the next one; a cookie or an address may still have it.
    if [column.name for column in _table.primary_key] == ["id"]:
        _table.dialect_options["sqlite"]["autoincrement"] = True

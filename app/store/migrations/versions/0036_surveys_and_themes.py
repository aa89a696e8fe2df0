"""Surveys of a series, and themes that people suggest"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

STORED_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("days", STORED_JSON, nullable=False),
        sa.Column("times", STORED_JSON, nullable=False),
        sa.Column("every", STORED_JSON, nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_survey_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_survey_event_id"), "survey", ["event_id"])
    op.create_table(
        "surveyanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("days", STORED_JSON, nullable=False),
        sa.Column("times", STORED_JSON, nullable=False),
        sa.Column("every", STORED_JSON, nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_surveyanswer_event_id_event")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_surveyanswer_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveyanswer")),
        sa.UniqueConstraint("survey_id", "device", name=op.f("uq_surveyanswer_survey_id_device")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_surveyanswer_event_id"), "surveyanswer", ["event_id"])
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(120), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_theme_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_theme_event_id"), "theme", ["event_id"])
    op.create_table(
        "themevote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_themevote_event_id_event")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_themevote_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themevote")),
        sa.UniqueConstraint("theme_id", "device", name=op.f("uq_themevote_theme_id_device")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_themevote_event_id"), "themevote", ["event_id"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('survey', 'survey words', 'theme')")
    for table in ("themevote", "theme", "surveyanswer", "survey"):
        op.drop_table(table)

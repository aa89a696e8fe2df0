"""Series, their editions and pauses"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.Column("pattern_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(1000), nullable=False),
        sa.Column("hosts", sa.String(200), nullable=False),
        sa.Column("confidence", sa.String(300), nullable=False),
        sa.Column("every", sa.String(16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opens_before", sa.Integer(), nullable=False),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pattern_id"], ["event.id"], name=op.f("fk_series_pattern_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
        sa.UniqueConstraint("pattern_id", name=op.f("uq_series_pattern_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("theme", sa.String(120), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("called_off", sa.Boolean(), nullable=False),
        sa.Column("prompts_by_clock", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_edition_event_id_event")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_edition_series_id_series")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_edition")),
        sa.UniqueConstraint("series_id", "planned_on", name=op.f("uq_edition_series_id_planned_on")),
    )
    op.create_index(op.f("ix_edition_series_id"), "edition", ["series_id"])
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_pause_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pause_series_id"), "pause", ["series_id"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('series', 'edition')")
    op.drop_table("pause")
    op.drop_table("edition")
    op.drop_table("series")

"""Scenes of the wall, announcements and sponsors"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("showing", sa.String(64), nullable=False, server_default="programme"))
    op.add_column("event", sa.Column("announcement_id", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("sponsor_strip", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_announcement_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_announcement_event_id"), "announcement", ["event_id"])
    op.create_table(
        "sponsor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("logo", sa.String(24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sponsor_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sponsor_event_id"), "sponsor", ["event_id"])
    op.create_table(
        "sponsorlogo",
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sponsorlogo_event_id_event")),
        sa.PrimaryKeyConstraint("key", "event_id", name=op.f("pk_sponsorlogo")),
    )
    # A state may be a scene with what belongs to it. SQLite holds texts to no length.
    if op.get_bind().dialect.name == "postgresql":
        for column in ("before", "after"):
            op.alter_column("decision", column, type_=sa.String(64))


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('scene', 'announcement')")
    if op.get_bind().dialect.name == "postgresql":
        for column in ("before", "after"):
            op.alter_column("decision", column, type_=sa.String(16))
    op.drop_table("sponsorlogo")
    op.drop_table("sponsor")
    op.drop_table("announcement")
    for column in ("sponsor_strip", "announcement_id", "showing"):
        op.drop_column("event", column)

"""Meets: where they are, who comes, what was noted"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meet",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("map_url", sa.String(2_000), nullable=False),
        sa.Column("step_free", sa.String(500), nullable=False),
        sa.Column("quiet", sa.String(500), nullable=False),
        sa.Column("cake", sa.String(500), nullable=False),
        sa.Column("agenda", sa.String(3_000), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("place_for_guests", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_meet_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_meet")),
    )
    op.create_table(
        "guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("more", sa.Integer(), nullable=False),
        sa.Column("brings", sa.String(120), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_guest_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_guest_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_guest_event_id"), "guest", ["event_id"])
    op.create_table(
        "meetnotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(20_000), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_meetnotes_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetnotes")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_meetnotes_event_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "meetphoto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("alt", sa.String(300), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_meetphoto_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetphoto")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meetphoto_event_id"), "meetphoto", ["event_id"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('meet', 'guest', 'notes', 'photo')")
    for table in ("meetphoto", "meetnotes", "guest", "meet"):
        op.drop_table(table)

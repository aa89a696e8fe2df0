"""What is kept how long, who was erased, and what is asked to be taken away"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NOTHING_GOES = {"nothing_goes": True}
"""Of an event that was there before nothing goes by itself until its organiser says so."""


def upgrade() -> None:
    op.add_column("event", sa.Column("erasures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("event", sa.Column("retention", JSON, nullable=False, server_default="{}"))
    op.execute(sa.text("UPDATE event SET retention = :kept").bindparams(sa.bindparam("kept", NOTHING_GOES, type_=JSON)))
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("access_id", sa.Integer(), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("marks", JSON, nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_erasure_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_erasure_event_id"), "erasure", ["event_id"])
    op.create_table(
        "takedown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("why", sa.String(2000), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_takedown_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_takedown_event_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_takedown_event_id"), "takedown", ["event_id"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('erasure', 'retention', 'takedown')")
    op.drop_table("takedown")
    op.drop_table("erasure")
    for column in ("retention", "erasures"):
        op.drop_column("event", column)

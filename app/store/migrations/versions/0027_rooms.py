"""Rooms: a Talk runs in each, and what is asked is asked in one"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ASKED_IN = ("talk", "question", "post")
ONCE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False),
        sa.Column("key", sa.String(48), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("current_talk_id", sa.Integer(), nullable=True),
        sa.Column("last_talk_id", sa.Integer(), nullable=True),
        sa.Column("by_hand_until", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("event_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_room_event_id", "room", ["event_id"])
    op.add_column("event", sa.Column("by_hand_until", sa.DateTime(timezone=True), nullable=True))
    for table in ASKED_IN:
        with op.batch_alter_table(table, table_kwargs=ONCE) as altered:
            altered.add_column(sa.Column("room_id", sa.Integer(), nullable=True))
            altered.create_foreign_key(f"fk_{table}_room", "room", ["room_id"], ["id"])
    op.create_index("ix_talk_room_id", "talk", ["room_id"])


def downgrade() -> None:
    op.drop_index("ix_talk_room_id", "talk")
    for table in reversed(ASKED_IN):
        with op.batch_alter_table(table, table_kwargs=ONCE) as altered:
            altered.drop_constraint(f"fk_{table}_room", type_="foreignkey")
            altered.drop_column("room_id")
    op.drop_column("event", "by_hand_until")
    op.drop_table("room")

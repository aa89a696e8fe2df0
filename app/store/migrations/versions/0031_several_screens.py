"""Screens have a room, and what they may show; rooms have scenes, and the programme runs them"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ONCE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("access", table_kwargs=ONCE) as access:
        access.add_column(sa.Column("room_id", sa.Integer(), nullable=True))
        access.add_column(sa.Column("may_show", sa.String(16), nullable=False, server_default="everything"))
        access.add_column(sa.Column("showing", sa.String(64), nullable=False, server_default=""))
        access.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        access.create_foreign_key("fk_access_room", "room", ["room_id"], ["id"])
    op.add_column("room", sa.Column("showing", sa.String(64), nullable=False, server_default="programme"))
    for table in ("room", "event"):
        op.add_column(table, sa.Column("due", sa.String(64), nullable=False, server_default=""))
    for column in ("runs_walls", "quiet_talks"):
        op.add_column("event", sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("event", sa.Column("question_minutes", sa.Integer(), nullable=False, server_default="10"))


def downgrade() -> None:
    for table, column in (
        ("event", "question_minutes"), ("event", "quiet_talks"), ("event", "runs_walls"), ("event", "due"),
        ("room", "due"), ("room", "showing"),
    ):  # fmt: skip
        op.drop_column(table, column)
    with op.batch_alter_table("access", table_kwargs=ONCE) as access:
        access.drop_constraint("fk_access_room", type_="foreignkey")
        for column in ("seen_at", "showing", "may_show", "room_id"):
            access.drop_column(column)

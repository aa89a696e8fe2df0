"""A post asks the speakers without a talk too, an Event knows which talk ran last, and votes that came in a burst"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RECENT = sa.text("origin != ''")


def upgrade() -> None:
    op.add_column("post", sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE post SET asks = (talk_id IS NOT NULL)")
    op.add_column("event", sa.Column("last_talk_id", sa.Integer(), nullable=True))
    op.add_column("question", sa.Column("hasty", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("question", sa.Column("hastiest", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("vote", sa.Column("origin", sa.String(24), nullable=False, server_default=""))
    op.add_column("vote", sa.Column("hasty", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("vote", sa.Column("left_out_by", sa.Integer(), nullable=True))
    op.create_index("ix_vote_origin", "vote", ["at"], sqlite_where=RECENT, postgresql_where=RECENT)


def downgrade() -> None:
    op.drop_index("ix_vote_origin", "vote")
    for table, column in (
        ("vote", "left_out_by"), ("vote", "hasty"), ("vote", "origin"), ("question", "hastiest"), ("question", "hasty"),
        ("event", "last_talk_id"), ("post", "asks"),
    ):  # fmt: skip
        op.drop_column(table, column)

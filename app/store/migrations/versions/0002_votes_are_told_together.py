"""Votes are told together"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("question") as question:
        question.add_column(sa.Column("votes_told", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE question SET votes_told = votes")
    with op.batch_alter_table("question") as question:
        question.alter_column("votes_told", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("question") as question:
        question.drop_column("votes_told")

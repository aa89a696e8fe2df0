"""Questions that are asked together"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("asked_with", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_question_asked_with"), "question", ["asked_with"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject = 'merge'")
    op.drop_index(op.f("ix_question_asked_with"), table_name="question")
    op.drop_column("question", "asked_with")

"""Written answers to questions"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("reply_id", sa.Integer(), nullable=True))
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_reply_event_id_event")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_reply_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reply_event_id"), "reply", ["event_id"])
    op.create_index(op.f("ix_reply_question_id"), "reply", ["question_id"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject = 'reply'")
    op.drop_table("reply")
    op.drop_column("question", "reply_id")

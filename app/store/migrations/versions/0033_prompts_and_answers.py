"""Prompts of a chat and the answers under them"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("prompts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("event", sa.Column("prompt_id", sa.Integer(), nullable=True))
    op.create_table(
        "prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_prompt_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_prompt_event_id"), "prompt", ["event_id"])
    op.create_table(
        "answer",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("prompt_id", sa.Integer(), nullable=True),
        sa.Column("filed_by", sa.String(16), nullable=False),
        sa.Column("under_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_answer_event_id_event")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_answer_post_id_post")),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompt.id"], name=op.f("fk_answer_prompt_id_prompt")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_answer")),
    )
    op.create_index("ix_answer_event_prompt", "answer", ["event_id", "prompt_id"])
    op.create_index(op.f("ix_answer_prompt_id"), "answer", ["prompt_id"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('prompt', 'answer')")
    op.drop_table("answer")
    op.drop_table("prompt")
    for column in ("prompt_id", "prompts"):
        op.drop_column("event", column)

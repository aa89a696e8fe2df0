"""Posts that moderators starred, and e-mails for those who were not there"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "star",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_star_event_id_event")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_star_post_id_post")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_star")),
    )
    op.create_index(op.f("ix_star_event_id"), "star", ["event_id"])
    op.create_table(
        "digestmail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(256), nullable=False),
        sa.Column("address_mark", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("moment", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_digestmail_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digestmail")),
        sa.UniqueConstraint("event_id", "address_mark", name=op.f("uq_digestmail_event_id_address_mark")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digestmail_due_at", "digestmail", ["due_at"])
    op.create_table(
        "unwantedmail",
        sa.Column("address_mark", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_mark", name=op.f("pk_unwantedmail")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject = 'star'")
    op.drop_table("unwantedmail")
    op.drop_table("digestmail")
    op.drop_table("star")

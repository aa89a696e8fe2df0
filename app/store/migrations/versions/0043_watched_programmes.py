"""Addresses at which programmes are watched"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_watch",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("applies_itself", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("seen", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_watch_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_programme_watch")),
    )


def downgrade() -> None:
    op.drop_table("programme_watch")

"""Taps of a tablet are settled once"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("tap", sa.String(65), nullable=False, server_default=""))
    op.create_table(
        "settled_tap",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(65), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_settled_tap_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "name", name=op.f("pk_settled_tap")),
    )


def downgrade() -> None:
    op.drop_table("settled_tap")
    op.drop_column("decision", "tap")

"""Tokens of networks, entered in setup and kept sealed"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "networktoken",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id", name="fk_networktoken_event_id_event"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("event_id", "kind", name="uq_networktoken_event_id_kind"),
    )
    op.create_index("ix_networktoken_event_id", "networktoken", ["event_id"])


def downgrade() -> None:
    op.drop_index("ix_networktoken_event_id", "networktoken")
    op.drop_table("networktoken")

"""Role links that are sent by e-mail"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailedlink",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id", name="fk_mailedlink_event_id_event"), nullable=False),
        sa.Column("access_id", sa.Integer(), sa.ForeignKey("access.id", name="fk_mailedlink_access_id_access"), nullable=False),
        sa.Column("address", sa.String(256), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("access_id", name="uq_mailedlink_access_id"),
    )
    op.create_index("ix_mailedlink_event_id", "mailedlink", ["event_id"])


def downgrade() -> None:
    op.drop_index("ix_mailedlink_event_id", "mailedlink")
    op.drop_table("mailedlink")

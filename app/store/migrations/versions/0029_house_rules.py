"""House rules and privacy of an Event"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "houserules",
        sa.Column(
            "event_id", sa.Integer(), sa.ForeignKey("event.id", name="fk_houserules_event_id_event"), primary_key=True
        ),
        sa.Column("text", sa.String(8000), nullable=False),
        sa.Column("data_contact", sa.String(200), nullable=False),
        sa.Column("welfare_contact", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("houserules")

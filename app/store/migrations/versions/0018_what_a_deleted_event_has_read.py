"""What events that were deleted have read today"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meterrest",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("along", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("meterrest")

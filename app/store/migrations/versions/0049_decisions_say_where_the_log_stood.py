"""A decision says where the log stood when it was told: what a tablet did not know is asked without the log"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("cursor", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("decision", "cursor")

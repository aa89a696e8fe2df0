"""Photos of a meet: what stands for the address that they came from"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetphoto", sa.Column("origin", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("meetphoto", "origin")

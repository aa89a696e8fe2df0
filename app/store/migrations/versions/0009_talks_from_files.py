"""A talk knows by which identifier a file has it, and whether it may be passed on"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("talk", sa.Column("key", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("talk", sa.Column("do_not_share", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("talk", "do_not_share")
    op.drop_column("talk", "key")

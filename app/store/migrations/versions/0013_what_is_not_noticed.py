"""That what is deleted at a network cannot be noticed now"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("source") as source:
        source.add_column(sa.Column("unseen", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("source") as source:
        source.drop_column("unseen")

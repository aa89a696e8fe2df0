"""A question is held for one of the panel"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("held_for", sa.String(60), nullable=False, server_default=""))


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject = 'hold'")
    op.drop_column("question", "held_for")

"""Shorter words that an author is asked to take"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post", sa.Column("suggested", sa.String(2000), nullable=False, server_default=""))


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject = 'suggestion'")
    op.drop_column("post", "suggested")

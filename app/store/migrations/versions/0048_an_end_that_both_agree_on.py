"""Desk and stage agree when a talk is to end"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("backstage_word", sa.Column("until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("backstage_word", sa.Column("talk_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("backstage_word", "talk_id")
    op.drop_column("backstage_word", "until")

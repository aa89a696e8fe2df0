"""A star and a note beside a question"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("starred", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question", sa.Column("note", sa.String(500), nullable=False, server_default=""))


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject IN ('mark', 'note')")
    op.drop_column("question", "note")
    op.drop_column("question", "starred")

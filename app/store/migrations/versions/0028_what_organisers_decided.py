"""What an organiser changed, in the log of decisions"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("detail", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("decision", "detail")

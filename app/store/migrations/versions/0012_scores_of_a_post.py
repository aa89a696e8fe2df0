"""A post keeps how likely it is of each kind, below thresholds too"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STORED_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("post", sa.Column("scores", STORED_JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("post", "scores")

"""What the reader has yet to read, what it found, and whether it is there"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STORED_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("post", sa.Column("unread", sa.String(16), nullable=False, server_default=""))
    op.add_column("post", sa.Column("found", STORED_JSON, nullable=False, server_default="{}"))
    op.create_index("ix_post_unread", "post", ["unread", "rank"])
    op.add_column("event", sa.Column("has_reader", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("event", "has_reader")
    op.drop_index("ix_post_unread", "post")
    op.drop_column("post", "found")
    op.drop_column("post", "unread")

"""Each approval has a number"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("approvals", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("post", sa.Column("wall_number", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE post SET wall_number = (SELECT COUNT(*) FROM post AS other WHERE other.event_id = post.event_id "
        "AND other.wall_cursor <= post.wall_cursor) WHERE wall_cursor IS NOT NULL"
    )
    op.execute(
        "UPDATE event SET approvals = (SELECT COUNT(*) FROM post WHERE post.event_id = event.id AND wall_cursor IS NOT NULL)"
    )


def downgrade() -> None:
    op.drop_column("post", "wall_number")
    op.drop_column("event", "approvals")

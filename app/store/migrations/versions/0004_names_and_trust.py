"""One name for each thing, and a post remembers that somebody vouched for it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = [("event", "screen", "wall_state"), ("post", "shown", "wall_cursor"), ("post", "fold", "cluster")]
TABLES = [("hook", "webhook"), ("rulebook", "policyversion")]
INDEXES = [
    ("post", "ix_post_event_shown", "ix_post_event_wall_cursor", ["event_id", "wall_cursor"]),
    ("post", "ix_post_event_fold", "ix_post_event_cluster", ["event_id", "cluster"]),
    ("webhook", "ix_hook_event_id", "ix_webhook_event_id", ["event_id"]),
]


def upgrade() -> None:
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for old, new in TABLES:
        op.rename_table(old, new)
    for table, old, new, columns in INDEXES:
        op.drop_index(old, table)
        op.create_index(new, table, columns)
    op.add_column("post", sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("post", "vouched")
    for table, old, new, columns in INDEXES:
        op.drop_index(new, table)
        op.create_index(old, table, columns)
    for old, new in TABLES:
        op.rename_table(new, old)
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")

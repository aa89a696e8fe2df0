"""What the machine decided is said apart from the name of whoever did"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MACHINES = "('screening', 'delay', 'watch')"


def upgrade() -> None:
    for table, column in (("decision", "machine"), ("post", "decided_by_machine")):
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    # Until now only its names told; whoever held a link of such a name left its id beside it.
    op.execute(f'UPDATE decision SET machine = true WHERE access_id IS NULL AND "by" IN {MACHINES}')
    op.execute(
        f"""UPDATE post SET decided_by_machine = true WHERE decided_by IN {MACHINES} AND NOT EXISTS (
            SELECT 1 FROM decision WHERE decision.event_id = post.event_id AND decision.subject = 'post'
            AND decision.subject_id = post.id AND decision."by" = post.decided_by AND decision.access_id IS NOT NULL)"""
    )


def downgrade() -> None:
    op.drop_column("post", "decided_by_machine")
    op.drop_column("decision", "machine")

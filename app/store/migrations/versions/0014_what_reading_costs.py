"""What reading a network costs"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meterday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("along", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_meterday_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meterday")),
        sa.UniqueConstraint("event_id", "kind", "day", name=op.f("uq_meterday_event_id_kind_day")),
    )
    op.create_table(
        "meterref",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("ref", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "ref", name=op.f("pk_meterref")),
    )
    with op.batch_alter_table("source") as source:
        source.add_column(sa.Column("cost", sa.Text(), nullable=False, server_default=""))
        source.add_column(sa.Column("told_posts", sa.Integer(), nullable=False, server_default="0"))
        source.add_column(sa.Column("told_day", sa.String(10), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("source") as source:
        for name in ("told_day", "told_posts", "cost"):
            source.drop_column(name)
    op.drop_table("meterref")
    op.drop_table("meterday")

"""Links that were shared, with what is known of their pages and what moderators made of them"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("leads_to", sa.String(2000), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("title_state", sa.String(16), nullable=False),
        sa.Column("title_version", sa.Integer(), nullable=False),
        sa.Column("doi", sa.String(200), nullable=False),
        sa.Column("kind_by_hand", sa.String(16), nullable=True),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("dead_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_resource_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_resource_event_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_resource_ask_at", "resource", ["ask_at"])


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE subject = 'resource'")
    op.drop_table("resource")

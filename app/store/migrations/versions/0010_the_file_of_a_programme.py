"""The file that a programme came as is kept while it is looked at"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STORED_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "programme_file",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("mapping", STORED_JSON, nullable=False),
        sa.Column("mapped", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_file_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_programme_file")),
    )


def downgrade() -> None:
    op.drop_table("programme_file")

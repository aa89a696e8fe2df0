"""An Event has a language, and sentences that are stored remember their message and facts"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SENTENCES = [("source", "detail"), ("webhook", "detail")]


def upgrade() -> None:
    op.add_column("event", sa.Column("language", sa.String(16), nullable=False, server_default="en"))
    if op.get_bind().dialect.name == "postgresql":  # SQLite does not count the letters of a text
        for table, column in SENTENCES:
            op.alter_column(table, column, type_=sa.Text(), existing_type=sa.String(400), existing_nullable=False)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column in SENTENCES:
            shortened = sa.text(f"left({column}, 400)")
            op.alter_column(table, column, type_=sa.String(400), existing_type=sa.Text(), postgresql_using=str(shortened))
    op.drop_column("event", "language")

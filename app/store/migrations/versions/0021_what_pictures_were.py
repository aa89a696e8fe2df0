"""What a picture was when it was first fetched"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("picture", sa.Column("digest", sa.String(64), nullable=False, server_default=""))
    op.add_column("picture", sa.Column("differs", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("picture", "differs")
    op.drop_column("picture", "digest")

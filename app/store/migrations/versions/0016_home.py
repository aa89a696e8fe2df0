"""The front page: links of the installation, what an Event is for, where it is in its life, links that expire"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "homelink",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
    )
    with op.batch_alter_table("access") as access:
        access.add_column(sa.Column("home_link_id", sa.Integer(), nullable=True))
        access.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        access.create_foreign_key("fk_access_home_link", "homelink", ["home_link_id"], ["id"])
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("kind", sa.String(16), nullable=False, server_default="conference"))
        event.add_column(sa.Column("state", sa.String(16), nullable=False, server_default="open"))
        event.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        event.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        event.add_column(sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))
        event.add_column(sa.Column("farewell", sa.String(500), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("event") as event:
        for column in ("farewell", "listed", "ends_on", "starts_on", "state", "kind"):
            event.drop_column(column)
    with op.batch_alter_table("access") as access:
        access.drop_constraint("fk_access_home_link", type_="foreignkey")
        access.drop_column("expires_at")
        access.drop_column("home_link_id")
    op.drop_table("homelink")

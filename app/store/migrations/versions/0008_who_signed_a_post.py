"""A post keeps the name and picture that it came with"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STORED_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("post", sa.Column("byline", STORED_JSON, nullable=False, server_default="{}"))
    make = {"sqlite": "json_object", "postgresql": "jsonb_build_object"}[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE post SET byline = (SELECT {make}('name', name, 'avatar', avatar, 'url', url, 'verified', verified) "  # noqa: S608 - one of two words of our own
        "FROM author WHERE author.id = post.author_id)"
    )


def downgrade() -> None:
    op.drop_column("post", "byline")

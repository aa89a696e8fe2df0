"""A decision says which revision of a post it was about, an author is one account whatever its handle, and polls"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STORED_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BY_HANDLE, BY_REF = "uq_author_event_id_source_handle", "uq_author_event_id_source_ref"


def upgrade() -> None:
    op.add_column("post", sa.Column("extras", STORED_JSON, nullable=False, server_default="{}"))
    op.add_column("post", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("decision", sa.Column("revision", sa.Integer(), nullable=True))
    op.add_column("author", sa.Column("ref", sa.String(220), nullable=False, server_default=""))
    op.execute("UPDATE author SET ref = '@' || handle")
    with op.batch_alter_table("author") as author:
        author.drop_constraint(BY_HANDLE, type_="unique")
        author.create_unique_constraint(BY_REF, ["event_id", "source", "ref"])
        author.create_index("ix_author_event_handle", ["event_id", "source", "handle"])


def downgrade() -> None:
    # Of accounts that bore one handle after the other the newest keeps it.
    op.execute(
        "UPDATE author SET handle = ref WHERE EXISTS (SELECT 1 FROM author AS newer WHERE newer.event_id = author.event_id "
        "AND newer.source = author.source AND newer.handle = author.handle AND newer.id > author.id)"
    )
    with op.batch_alter_table("author") as author:
        author.drop_index("ix_author_event_handle")
        author.drop_constraint(BY_REF, type_="unique")
        author.create_unique_constraint(BY_HANDLE, ["event_id", "source", "handle"])
        author.drop_column("ref")
    op.drop_column("decision", "revision")
    op.drop_column("post", "revision")
    op.drop_column("post", "extras")

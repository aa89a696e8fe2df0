"""Moderation by a team"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("hook",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("event_id", sa.Integer(), nullable=False),
    sa.Column("url", sa.String(length=2000), nullable=False),
    sa.Column("secret", sa.String(length=64), nullable=False),
    sa.Column("cursor", sa.Integer(), nullable=False),
    sa.Column("detail", sa.String(length=400), nullable=False),
    sa.Column("failures", sa.Integer(), nullable=False),
    sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_hook_event_id_event")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_hook"))
    )
    with op.batch_alter_table("hook") as table:
        table.create_index(table.f("ix_hook_event_id"), ["event_id"], unique=False)

    op.create_table("rulebook",
    sa.Column("event_id", sa.Integer(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("policy", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column("by", sa.String(length=80), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rulebook_event_id_event")),
    sa.PrimaryKeyConstraint("event_id", "version", name=op.f("pk_rulebook"))
    )
    op.create_table("seat",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("event_id", sa.Integer(), nullable=False),
    sa.Column("access_id", sa.Integer(), nullable=False),
    sa.Column("label", sa.String(length=80), nullable=False),
    sa.Column("tab", sa.String(length=40), nullable=False),
    sa.Column("post_id", sa.Integer(), nullable=True),
    sa.Column("until", sa.DateTime(timezone=True), nullable=True),
    sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["access_id"], ["access.id"], name=op.f("fk_seat_access_id_access")),
    sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_event_id_event")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    sa.UniqueConstraint("event_id", "tab", name=op.f("uq_seat_event_id_tab"))
    )
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("policy_version", sa.Integer(), nullable=False, server_default="0"))
        table.create_index(table.f("ix_decision_cause_id"), ["cause_id"], unique=False)

    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("cleared_at", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("intake", sa.String(length=16), nullable=False, server_default="open"))
        table.add_column(sa.Column("alarms", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False, server_default="{}"))
        table.add_column(sa.Column("alarm", sa.String(length=16), nullable=False, server_default=""))
        table.add_column(sa.Column("alarm_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("post") as table:
        table.add_column(sa.Column("doubts", sa.String(length=200), nullable=False, server_default=""))
        table.add_column(sa.Column("screened_with", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("rank", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("fold", sa.String(length=32), nullable=False, server_default=""))
        table.add_column(sa.Column("delayed", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("shows_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("agreed_by", sa.String(length=80), nullable=False, server_default=""))
        table.add_column(sa.Column("agreed_access_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("declined_as", sa.String(length=16), nullable=False, server_default=""))
        table.create_index("ix_post_event_fold", ["event_id", "fold"], unique=False)
        table.create_index("ix_post_shows_at", ["shows_at"], unique=False)
    _fill()


def _fill() -> None:
    """What came before has no doubts noted; it keeps the order in which it came, and what says the same is folded."""
    seconds = {
        "sqlite": "CAST(strftime('%s', received_at) AS INTEGER)",
        "postgresql": "CAST(EXTRACT(EPOCH FROM received_at) AS BIGINT)",
    }[op.get_bind().dialect.name]
    op.execute(f"UPDATE post SET fold = fingerprint, rank = {seconds}")  # noqa: S608 - two words of our own
    op.execute(
        "INSERT INTO rulebook (event_id, version, policy, by, at) "
        "SELECT id, policy_version, policy, '', created_at FROM event"
    )


def downgrade() -> None:
    with op.batch_alter_table("post") as table:
        table.drop_index("ix_post_shows_at")
        table.drop_index("ix_post_event_fold")
        table.drop_column("declined_as")
        table.drop_column("agreed_access_id")
        table.drop_column("agreed_by")
        table.drop_column("shows_at")
        table.drop_column("delayed")
        table.drop_column("fold")
        table.drop_column("rank")
        table.drop_column("screened_with")
        table.drop_column("doubts")

    with op.batch_alter_table("event") as table:
        table.drop_column("alarm_since")
        table.drop_column("alarm")
        table.drop_column("alarms")
        table.drop_column("intake")
        table.drop_column("cleared_at")

    with op.batch_alter_table("decision") as table:
        table.drop_index(table.f("ix_decision_cause_id"))
        table.drop_column("policy_version")

    op.drop_table("seat")
    op.drop_table("rulebook")
    with op.batch_alter_table("hook") as table:
        table.drop_index(table.f("ix_hook_event_id"))

    op.drop_table("hook")

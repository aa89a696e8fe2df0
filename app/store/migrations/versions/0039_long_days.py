"""Posts are counted as they change, and long days are read by index

A migration that makes the table of posts anew (`batch_alter_table`) must put the triggers back; `test_post_counts.py`
says so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

VERDICTS = ("held", "approved", "stashed", "rejected")
INDEXES: tuple[tuple[str, str, list[str], str], ...] = (
    ("ix_post_event_decided", "post", ["event_id", "verdict", "decided_at", "id"], ""),
    ("ix_post_event_received", "post", ["event_id", "received_at"], ""),
    ("ix_post_event_doubtful", "post", ["event_id", "id"], "doubts != ''"),
    (
        "ix_post_event_taken_down",
        "post",
        ["event_id"],
        "coalesce(verdict, '') = 'rejected' AND wall_cursor IS NOT NULL AND withdrawn_at IS NULL",
    ),
    ("ix_post_event_room", "post", ["event_id", "room_id", "verdict"], "room_id IS NOT NULL"),
    ("ix_decision_event_at", "decision", ["event_id", "at"], ""),
    ("ix_answer_under_id", "answer", ["under_id"], ""),
)
ACTS = {"insert": (("NEW", 1),), "delete": (("OLD", -1),), "update": (("NEW", 1), ("OLD", -1))}
"""What is counted when a row comes, goes or changes, and what is counted off."""


def upgrade() -> None:
    for verdict in VERDICTS:
        op.add_column("event", sa.Column(f"posts_{verdict}", sa.Integer(), nullable=False, server_default="0"))
    for name, table, columns, where in INDEXES:
        some = sa.text(where) if where else None
        op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)
    counted = ", ".join(
        f"posts_{verdict} = (SELECT count(*) FROM post WHERE post.event_id = event.id"  # noqa: S608 - words of ours
        f" AND post.verdict = '{verdict}' AND post.withdrawn_at IS NULL)"
        for verdict in VERDICTS
    )
    op.execute(f"UPDATE event SET {counted}")  # noqa: S608
    for act in ACTS:
        for statement in _sqlite(act) if op.get_bind().dialect.name == "sqlite" else _postgresql(act):
            op.execute(statement)


def downgrade() -> None:
    for act in ACTS:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER post_counted_{act}")
        else:
            op.execute(f"DROP TRIGGER post_counted_{act} ON post")
            op.execute(f"DROP FUNCTION post_counted_{act}()")
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
    for verdict in VERDICTS:
        op.drop_column("event", f"posts_{verdict}")


def _sqlite(act: str) -> list[str]:
    """For each row; the Event's row is the writer's own until the commit anyway."""
    when, row = act.upper(), ACTS[act][0][0]
    if act == "update":
        when += " OF verdict, withdrawn_at"
    counts = (f"posts_{verdict} = posts_{verdict}" + "".join(_one(*of, verdict) for of in ACTS[act]) for verdict in VERDICTS)
    return [
        f"CREATE TRIGGER post_counted_{act} AFTER {when} ON post FOR EACH ROW {_if(act)} "
        f"BEGIN UPDATE event SET {', '.join(counts)} WHERE id = {row}.event_id; END"  # noqa: S608
    ]


def _one(row: str, sign: int, verdict: str) -> str:
    counts = f"(CASE WHEN {row}.verdict = '{verdict}' AND {row}.withdrawn_at IS NULL THEN 1 ELSE 0 END)"
    return f" {'+' if sign > 0 else '-'} {counts}"


def _if(act: str) -> str:
    """Whether anything is counted at all."""
    if act != "update":
        return f"WHEN ({ACTS[act][0][0]}.withdrawn_at IS NULL)"
    return "WHEN (OLD.verdict <> NEW.verdict OR (OLD.withdrawn_at IS NULL) <> (NEW.withdrawn_at IS NULL))"


def _postgresql(act: str) -> list[str]:
    """Once for each statement: many versions of one row would have to be cleared away."""
    name = f"post_counted_{act}"
    tables = " ".join(f"{row} TABLE AS {row.lower()}_posts" for row, _ in ACTS[act])
    rows = " UNION ALL ".join(
        f"SELECT event_id, verdict, {sign} AS more FROM {row.lower()}_posts WHERE withdrawn_at IS NULL"  # noqa: S608
        for row, sign in ACTS[act]
    )
    sums = ", ".join(f"coalesce(sum(more) FILTER (WHERE verdict = '{verdict}'), 0) AS {verdict}" for verdict in VERDICTS)
    counts = ", ".join(f"posts_{verdict} = posts_{verdict} + d.{verdict}" for verdict in VERDICTS)
    differ = " OR ".join(f"d.{verdict} <> 0" for verdict in VERDICTS)
    body = (
        f"UPDATE event SET {counts} FROM (SELECT event_id, {sums} FROM ({rows}) AS one GROUP BY event_id) AS d "  # noqa: S608
        f"WHERE event.id = d.event_id AND ({differ});"
    )
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {act.upper()} ON post REFERENCING {tables} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION {name}()",
    ]

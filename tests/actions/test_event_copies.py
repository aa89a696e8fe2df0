"""Law: a copy of an event takes what is stated to be taken, and else is as an event that is no copy."""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Date, Enum, Integer, LargeBinary, Time, insert, update
from sqlmodel import Session, select
from sqlmodel.sql.sqltypes import UTCDateTime

from app.actions.brand import change_brand
from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.events import plan_event
from app.actions.house_rules import change_house_rules
from app.actions.links import give_link
from app.actions.network_tokens import keep_token
from app.actions.scenes import announce
from app.actions.sources import change_source
from app.actions.sponsors import add_sponsor
from app.actions.talks import add_talk
from app.actions.webhooks import add_webhook
from app.domain.access import Role
from app.domain.alarms import Alarms
from app.domain.brand_picture import Drawn, PictureUse
from app.domain.event import Event, EventKind, EventState
from app.domain.policy import Intake, Policy
from app.domain.retention import Retention
from app.domain.tables import metadata
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.copied_columns import BEGUN, EVENT, OF_ITS_DAY, OF_ITS_PEOPLE, OF_ITS_TEAM, OF_NO_EVENT, ROWS
from tests.erasing import furnish

TABLES = {table.name: table for table in metadata.sorted_tables}
LOGO = Drawn("image/png", b"a logo", 30, 10, 900, 1_000)
FACTS = {
    "policy": Policy(preset="strict", blocked_words=("atrium",)).as_json(),
    "alarms": Alarms(wait_seconds=77, ntfy="https://ntfy.example/ours", email=("us@team.example",)).as_json(),
    "welcome": "Back at two", "farewell": "Diolch!", "retention": Retention(floor=90).as_json(), "runs_walls": True,
    "quiet_talks": True, "question_minutes": 25, "sponsor_strip": True, "state": EventState.OPEN, "showing": "join",
    "announcement_id": 7, "due": "holding", "policy_version": 9, "paused_at": 4, "cleared_at": 5, "alarm": "waiting",
    "intake": Intake.HOLD_ALL, "alarm_since": NOON, "has_reader": True, "current_talk_id": 1, "last_talk_id": 2, "prompts": 3,
    "prompt_id": 1, "by_hand_until": NOON, "erasures": 2, "approvals": 40, "trimmed": 6,
}  # fmt: skip
"""What stands in the earlier event, in place of what every event begins with."""


def test_every_column_is_stated_once() -> None:
    """A new table, or a new column of one that is taken, says whether a copy has it."""
    stated = {table: one.columns for table, one in {**ROWS, "event": EVENT}.items()}
    there = {name: [column.name for column in table.columns] for name, table in TABLES.items()}
    apart = {"event_id"}
    assert {name: sorted(columns) for name, columns in stated.items()} == {
        name: sorted(set(there[name]) - apart) for name in stated
    }
    assert sorted([*stated, *BEGUN, *OF_ITS_DAY, *OF_ITS_TEAM, *OF_ITS_PEOPLE, *OF_NO_EVENT]) == sorted(TABLES)


async def test_a_copy_takes_what_is_stated_and_nothing_else(doors: Backchannel, event: Event) -> None:
    await an_earlier_one(doors, event)
    await doors.do(fill_the_rest, event.id)
    planned = {
        "name": "Again", "hashtags": ["again"], "zone": "UTC", "accent": "", "language": "cy", "kind": EventKind.MEET,
        "starts_on": NOON.date(), "ends_on": NOON.date(), "listed": True, "at": NOON,
    }  # fmt: skip
    fresh = await doors.do(plan_event, "fresh", **planned)
    copy = await doors.do(plan_event, "again", **planned, like=event.id, with_tokens=True)
    earlier, new, other = [await doors.ask(row_of, one.id) for one in (event, copy, fresh)]
    as_earlier = {column: earlier[column] for column in EVENT.taken.split()}
    as_earlier["alarms"] = Alarms(wait_seconds=77).as_json()
    assert {column: new[column] for column in as_earlier} == as_earlier
    assert [column for column, value in as_earlier.items() if value == other[column]] == []
    alike = set(f"{EVENT.given} {EVENT.own}".split()) - {"id", "slug", "cursor"}  # the log tells of its sources, too
    assert {column: new[column] for column in alike} == {column: other[column] for column in alike}
    for table, stated in ROWS.items():
        columns = stated.taken.split()
        rows = await doors.ask(rows_of, table, event.id, columns)
        assert rows
        assert await doors.ask(rows_of, table, copy.id, columns) == rows
    for table in OF_ITS_DAY | OF_ITS_TEAM | OF_ITS_PEOPLE:
        assert await doors.ask(rows_of, table, event.id, ["event_id"]), table
        assert await doors.ask(rows_of, table, copy.id, ["event_id"]) == Counter(), table


async def test_the_earlier_one_is_deleted_and_the_copy_loses_nothing(doors: Backchannel, event: Event) -> None:
    await an_earlier_one(doors, event)
    about = {"name": "Again", "hashtags": [], "zone": "UTC", "accent": "", "language": "en", "kind": EventKind.MEET}
    copy = await doors.do(
        plan_event, "again", **about, starts_on=None, ends_on=None, listed=False, like=event.id, at=NOON
    )
    before = {table: await doors.ask(rows_of, table, copy.id, one.columns) for table, one in ROWS.items()}
    await doors.do(close_event, event.id, at=NOON)
    await doors.do(delete_event, event.id, at=NOON)
    assert {table: await doors.ask(rows_of, table, copy.id, one.columns) for table, one in ROWS.items()} == before


async def an_earlier_one(doors: Backchannel, event: Event) -> None:
    """One with what a copy takes, and with much of what it leaves."""
    await furnish(doors, event)
    await doors.do(change_source, event.id, "x", enabled=False, options={"include_reposts": True}, at=NOON)
    look = {"accent": "#ff69b4", "wall": "light", "ground": "", "invitation": "Ask us"}
    await doors.do(change_brand, event.id, **look, pictures=dict.fromkeys(PictureUse, LOGO), at=NOON)
    contacts = {"data_contact": "dpo@a.example", "welfare_contact": "Nia, at the desk"}
    await doors.do(change_house_rules, event.id, text="Be kind", **contacts, at=NOON)
    for name in ("Saltmere Trust", "Kettle On"):
        await doors.do(add_sponsor, event.id, name, kind="image/png", content=name.encode(), at=NOON)
    await doors.do(keep_token, event.id, "x", sealed="sealed", mark="…9fQ2", told="It reads.", at=NOON)
    times = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=1)}
    await doors.do(add_talk, event.id, title="Beside", room="Attic", at=NOON, **times)
    await doors.do(announce, event.id, "Lunch", until=NOON + timedelta(hours=1), by=ASHA, at=NOON)
    await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label="Asha")
    await doors.do(add_webhook, event.id, "https://hooks.example/ours", at=NOON)


def fill_the_rest(db: Session, event_id: int) -> None:
    """Every table has a row then, and no column of the event is as at the beginning."""
    db.execute(update(TABLES["event"]).where(TABLES["event"].c.id == event_id).values(**FACTS))
    for name, table in TABLES.items():
        there = db.execute(select(table)).first()
        if there is None and name in OF_ITS_DAY | OF_ITS_TEAM | OF_ITS_PEOPLE | {"series"}:
            asked = [one for one in table.columns if not one.nullable and one.default is None and one.name != "id"]
            db.execute(insert(table).values(**{one.name: _something(db, one, event_id) for one in asked}))


def _something(db: Session, column: Any, event_id: int) -> object:
    """What may stand in this column: of another table's row any that there is."""
    if column.name == "event_id":
        return event_id
    for key in column.foreign_keys:
        return db.execute(select(key.column)).scalars().first()
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class or column.type.enums))
    if isinstance(column.type, UTCDateTime):
        return NOON
    if isinstance(column.type, Date):
        return NOON.date()
    if isinstance(column.type, Time):
        return NOON.time()
    if isinstance(column.type, LargeBinary):
        return b""
    return {} if isinstance(column.type, JSON) else 0 if isinstance(column.type, Integer) else ""


def row_of(db: Session, event_id: int) -> dict[str, Any]:
    table = TABLES["event"]
    return dict(db.execute(select(table).where(table.c.id == event_id)).mappings().one())


def rows_of(db: Session, table: str, event_id: int, columns: list[str]) -> Counter[str]:
    one = TABLES[table]
    wanted = [one.c[column] for column in columns]
    return Counter(repr(tuple(row)) for row in db.execute(select(*wanted).where(one.c.event_id == event_id)))

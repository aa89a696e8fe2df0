"""Law: what is stored as JSON has a shape. Nothing else is written, and no damage of it takes a screen away."""

import json
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import app.domain.tables  # noqa: F401 - all of them
from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.actions.sources import change_source
from app.actions.verdicts import approve
from app.domain import column_types
from app.domain.access import Role
from app.domain.alarms import Alarms
from app.domain.column_types import Misshapen, ShapedJson
from app.domain.incoming import Byline, Photo, Quoted, Segment
from app.domain.policy import Policy
from app.domain.retention import Retention
from app.domain.screening.heads.scores_and_thresholds import TOLD
from app.domain.stored_json import Kept
from app.queries.damaged_json import damaged
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import Site, site

__all__ = ["site"]

WRONG: tuple[Any, ...] = (
    None, True, 7, -1, 2**70, 1.5, "false", "\ud800", "a\0b", "", [], [None], ["\ud800"], [["a", "b"]], {}, {"\ud800": 1},
    {"a": {"b": ["\0"]}}, [{}], [{"text": 7}], [7],
)  # fmt: skip
COLUMNS = [
    (table.name, column.name, column.type)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, ShapedJson)
]
FIELDS = [
    (table, name, kind, field)
    for table, name, kind in COLUMNS
    if isinstance(kind.shape.kind, type) and issubclass(kind.shape.kind, Kept)
    for field in kind.shape.kind.model_fields
]
PAGES = (
    "",
    "/wall",
    "/desk",
    "/stage",
    "/setup",
    "/setup/rules",
    "/setup/watch",
    "/setup/brand",
    "/log",
    "/log.csv",
    "/log.json",
    "/figures",
)
API = (
    "event",
    "posts",
    "posts?verdict=approved",
    "policy",
    "policy/versions",
    "alarms",
    "brand",
    "questions",
    "decisions",
    "figures",
)


def test_every_json_column_has_a_shape() -> None:
    bare = [
        str(column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.JSON)
    ]
    assert bare == []
    assert len(COLUMNS) >= 12


@pytest.mark.parametrize(("table", "name", "kind"), COLUMNS, ids=str)
def test_no_shape_is_written_that_is_not_its_own(table: str, name: str, kind: ShapedJson) -> None:
    sqlite = sa.create_engine("sqlite://").dialect
    for value in WRONG:
        if value == ([] if kind.shape.listed else {}) or (value is None and kind.shape.optional):
            continue
        with pytest.raises(Misshapen):
            kind.process_bind_param(value, sqlite)
        assert kind.shape.problems(kind.process_result_value(value, sqlite)) == []


@pytest.mark.parametrize(("table", "name", "kind", "field"), FIELDS, ids=str)
def test_no_field_is_written_with_another_type(table: str, name: str, kind: ShapedJson, field: str) -> None:
    sqlite = sa.create_engine("sqlite://").dialect
    right = EXAMPLES.get((name, field), EXAMPLES.get(field))
    assert right is not None, f"give an example of {name}.{field}"
    spare = kind.shape.kind.spare
    sound = [{**spare, field: right}] if kind.shape.listed else {**spare, field: right}
    assert kind.process_bind_param(sound, sqlite) == sound
    for value in WRONG:
        if type(value) is type(right) or (type(right) is float and type(value) is int) or field == "facts":
            continue
        one = {**spare, field: value}
        stored = [one] if kind.shape.listed else one
        with pytest.raises(Misshapen):
            kind.process_bind_param(stored, sqlite)
        read = kind.process_result_value(stored, sqlite)
        assert kind.shape.problems(read) == []


EXAMPLES: dict[Any, Any] = {
    **json.loads(json.dumps(Policy().as_json() | Alarms().as_json() | Retention().as_json())), "failed": {}, "avatar": "k", "name": "n", "url": "u", "verified": "v",
    "kind": "text", "text": "t", "href": "h", "picture": "p", "alt": "a", "width": 1, "height": 1, "available": True,
    "handle": "h", "code": "c", "category": "c", "level": "hold", "explanation": "e", "confidence": 0.5, "spans": [[0, 1]],
    "message": "m", "many": "m", "facts": {"a": 1}, ("photos", "kind"): "photo", "before": {"name": "n"}, "field": "name",
    "place": 1, "title": "t", "poll": ["o"], "recorded": True, "posted_at": "2026-10-01T10:00:00+00:00",
    ("quote", "photos"): [{"picture": "p", "alt": "a", "width": 1, "height": 1, "kind": "photo"}],
    **{f"logo_{told}": 1 for told in ("width", "height", "darkest", "lightest")}, "wall": "dark", "ground": "#123456",
    **dict.fromkeys(("logo", "picture_dark", "picture_light"), "0" * 24), "invitation": "Ask Nia",
    **{(column, kind): 0.5 for kind in TOLD for column in ("scores", "found")},
}  # fmt: skip


@pytest.fixture
def furnished(site: Site) -> Site:
    """An event with something in every JSON column."""
    site.do(change_source, site.event.id, "x", enabled=False, options={"mode": "poll"}, at=NOON)
    post = incoming(
        "Why is the ward so far from home? Call me on 07700 900123",
        segments=(Segment("text", "Why is the ward so far from home? Call me on 07700 900123"),),
        photos=(Photo("https://pictures.example/a.jpg", "A bridge", 4, 3),),
        quote=Quoted(True, Byline("nia", "Nia Rees"), "The ward"),
        poll=("Ham", "Eggs"),
        posted_at=NOON + timedelta(minutes=1),
    )
    seen = site.do(receive, site.event.id, post, at=NOON).post_id
    site.do(approve, seen, by=ASHA, at=NOON)
    site.do(make_question, seen, by=ASHA, at=NOON)
    site.do(receive, site.event.id, incoming("My number is 07700 900123", ref="2", photos=post.photos), at=NOON)
    site.enter(Role.OWNER, "setup")
    return site


def test_no_damage_takes_a_screen_away(
    furnished: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every field, and then the whole of every column, of every wrong type; pages, the API and new posts go on."""
    site = furnished
    monkeypatch.setattr(column_types, "_TOLD", set())
    bearer = {"Authorization": f"Bearer {site.links[Role.OWNER].token}"}
    with caplog.at_level(logging.WARNING):
        for number, value in enumerate([*WRONG, "no JSON"]):
            for whole in (False, True) if number % 3 == 0 else (False,):
                do_damage(site, value, whole)
                for page in PAGES:
                    assert site.client.get(f"/e/box10{page}").status_code == 200, (page, value, whole)
                for path in API:
                    assert site.client.get(f"/api/v1/{path}", headers=bearer).status_code == 200, (path, value, whole)
                arrived = site.do(receive, site.event.id, incoming("Still here", ref=f"{number} {whole}"), at=NOON)
                assert arrived.post_id
    for told in ("event.policy.mode", "event.alarms", "post.signals.level"):
        assert f"{told} is damaged" in caplog.text
    with sa.create_engine(site.context.settings.database).connect() as connection:
        assert damaged(connection)["event.policy"] == 1


def do_damage(site: Site, value: Any, whole: bool) -> None:
    with closing(sqlite3.connect(site.context.settings.data_dir / "backchannel.sqlite3")) as opened:
        for table, name, kind in COLUMNS:
            opened.execute(f'UPDATE "{table}" SET "{name}" = ?', (damage(kind, value, whole),))
        opened.commit()


def fields_of(kind: ShapedJson) -> dict[str, Any]:
    found: dict[str, Any] = getattr(kind.shape.kind, "model_fields", {})
    return found


def damage(kind: ShapedJson, value: Any, whole: bool) -> str:
    if value == "no JSON":
        return "{"
    fields = fields_of(kind)
    one = value if whole or not fields else dict.fromkeys(fields, value)
    return json.dumps([one] if kind.shape.listed and not whole else one)


SENT: dict[str, dict[str, Any]] = {
    "policy": Policy().as_json(),
    "alarms": Alarms().as_json(),
    "retention": Retention().as_json(),
    "brand": {"accent": "teal", "wall": "dark", "ground": "", "invitation": ""},
}


@pytest.mark.parametrize("path", SENT)
def test_a_program_that_sends_another_type_is_refused_and_nothing_changes(site: Site, path: str) -> None:
    sound = json.loads(json.dumps(SENT[path]))
    bearer = {"Authorization": f"Bearer {site.links[Role.OWNER].token}", "Content-Type": "application/json"}
    before = site.client.get(f"/api/v1/{path}", headers=bearer).json()
    for field, right in sound.items():
        for value in WRONG:
            if type(value) is type(right):
                continue
            wanted = {**sound, field: value}
            body = {"version": before["version"], "policy": wanted} if path == "policy" else wanted
            answer = site.client.put(f"/api/v1/{path}", content=json.dumps(body), headers=bearer)
            assert answer.status_code == 422, (field, value, answer.text)
    assert site.client.get(f"/api/v1/{path}", headers=bearer).json() == before

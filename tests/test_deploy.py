"""What `deploy/` offers is what there is: settings, metrics, a command that is the server's own, any password."""

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import promql_parser
import pytest
import sqlalchemy as sa
import yaml
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.sources.networks import NETWORKS
from tests.servers import Postgres
from tests.test_settings import fields

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
RULES = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"][0]["rules"]
PANELS = json.loads((DEPLOY / "grafana" / "backchannel.json").read_text())["panels"]
EXPRESSIONS = [rule["expr"] for rule in RULES] + [target["expr"] for panel in PANELS for target in panel["targets"]]


@pytest.fixture(scope="module")
def metrics(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names that a server tells Prometheus."""
    made = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("metrics"), metrics_token="for-prometheus")  # type: ignore[call-arg]
    with TestClient(create_app(made, by_itself=False)) as client:
        told = re.findall(
            r"^# TYPE (\w+) (\w+)$",
            client.get("/metrics", headers={"Authorization": "Bearer for-prometheus"}).text,
            re.MULTILINE,
        )
    return {one for name, kind in told for one in ([name, f"{name}_bucket"] if kind == "histogram" else [name])}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_is_alarmed_on_and_drawn_is_told(expression: str, metrics: set[str]) -> None:
    assert set(re.findall(r"backchannel_\w+", expression)) <= metrics


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_prometheus_understands_what_it_is_asked(expression: str) -> None:
    """Names of functions, what they are given and what is compared: the parser knows types."""
    assert promql_parser.parse(expression)


def test_prometheus_reads_the_rules() -> None:
    filled = re.compile(r"\{\{ (?:\$labels\.(\w+)|\$value \| humanizeDuration) \}\}")
    for rule in RULES:
        assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"[a-zA-Z_]\w*", rule["alert"])
        assert promql_parser.parse_duration(rule["for"])
        assert rule["labels"]["severity"] in {"warning", "critical"}
        for said in rule["annotations"].values():
            assert set(filled.findall(said)) <= {"", "instance", "event", "source"}
            assert not re.search(r"[{}]", filled.sub("", said))


def test_each_alarm_says_what_is_wrong_and_what_to_do() -> None:
    assert all(rule["annotations"]["summary"] and rule["annotations"]["description"] for rule in RULES)
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("file", ["compose.yml", "compose.scale.yml"])
def test_what_compose_asks_for_is_in_its_example(file: str) -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / file).read_text()))
    offered = set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE))
    assert asked <= offered
    assert offered - {"SITE", "POSTGRES_PASSWORD", "BACKCHANNEL_IMAGE"} <= {name for name, _ in fields()}
    assert NETWORKS


def _map(of: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": of}


_TEXTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_SPAN = {"type": "string", "pattern": r"^(\d+m)?\d+s$"}
_HEALTH = {"test": _TEXTS, "interval": _SPAN, "timeout": _SPAN, "retries": {"type": "integer"}, "start_period": _SPAN}
_SERVICE = {
    "image": {"type": "string"}, "build": {"const": ".."}, "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
    "env_file": {"const": ".env"}, "environment": _map({"type": "string"}), "volumes": _TEXTS, "expose": _TEXTS, "ports": _TEXTS,
    "read_only": {"type": "boolean"}, "tmpfs": _TEXTS, "cap_drop": _TEXTS, "security_opt": _TEXTS, "stop_grace_period": _SPAN,
    "ulimits": _map(_map({"type": "integer"})), "command": _TEXTS,
    "depends_on": {"anyOf": [_TEXTS, _map({"properties": {"condition": {"enum": ["service_started", "service_healthy"]}}})]},
    "healthcheck": {"type": "object", "properties": _HEALTH, "required": ["test"], "additionalProperties": False},
}  # fmt: skip
_COMPOSE = {
    "type": "object",
    "required": ["services"],
    "properties": {
        "services": _map({"properties": _SERVICE, "required": ["image"], "additionalProperties": False}),
        "volumes": _map({"type": "null"}),
    },
    "additionalProperties": False,
}
"""What we use of the Compose Specification."""


@pytest.mark.parametrize("file", ["compose.yml", "compose.scale.yml"])
def test_compose_is_as_the_specification_has_it(file: str) -> None:
    told = yaml.safe_load((DEPLOY / file).read_text())
    jsonschema.validate(told, _COMPOSE)
    services, volumes = told["services"], told["volumes"]
    for name, service in services.items():
        needs = service.get("depends_on", {})
        assert set(needs) <= services.keys(), name
        healthy = [
            other for other in needs if isinstance(needs, dict) and needs[other]["condition"] == "service_healthy"
        ]
        assert all("healthcheck" in services[other] for other in healthy), name
        for mount in service.get("volumes", []):
            source = mount.partition(":")[0]
            assert (DEPLOY / source).is_file() if source.startswith("./") else source in volumes, mount
    used = {mount.partition(":")[0] for one in services.values() for mount in one.get("volumes", [])}
    assert volumes.keys() <= used
    assert (DEPLOY.parent / "Dockerfile").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="the unit is for Linux")
def test_the_unit_lets_the_reader_read() -> None:
    """No memory may be writable and executable there; what computes might want that."""
    assert "MemoryDenyWriteExecute=yes" in (DEPLOY / "backchannel.service").read_text()
    refused, without = 65, 1  # PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN; Linux 6.3 has them
    begun = f"""
import ctypes, os, sys
if ctypes.CDLL(None).prctl({refused}, {without}, 0, 0, 0):
    sys.exit(77)
os.execv(sys.executable, [sys.executable, "-m", "app.jobs.reader.process"])
"""
    done = subprocess.run([sys.executable, "-c", begun], input='["you idiot"]\n', capture_output=True, text=True)
    if done.returncode == 77:
        pytest.skip("this kernel cannot forbid it")
    assert done.stdout.splitlines()[0] == "ready", done.stderr[-500:]
    assert "abuse" in json.loads(done.stdout.splitlines()[1])[0]


@pytest.fixture(scope="module")
def guarded() -> Iterator[Postgres]:
    """A PostgreSQL that asks for a password, as the one of compose does."""
    server = Postgres()
    server.start()
    yield server
    server.stop()
    server.remove()


@pytest.mark.postgres
@pytest.mark.parametrize("password", ["plain", "p@ss/w:rd#?&=%41 $x", "ein schönes “Wort”", "a'b\"c\\d"])
def test_any_password_opens_the_database_beside_its_address(
    guarded: Postgres, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = sa.create_engine(f"{guarded.url}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        literal = password.replace("'", "''")
        connection.exec_driver_sql("DROP ROLE IF EXISTS guarded".replace("%", "%%"))
        raw = connection.connection.cursor()
        raw.execute(f"CREATE ROLE guarded LOGIN PASSWORD E'{literal.replace(chr(92), chr(92) * 2)}'".encode())
        rules = Path(str(raw.execute("SHOW hba_file").fetchone()[0]))
        kept = rules.read_text()
        rules.write_text("host all guarded 127.0.0.1/32 scram-sha-256\n" + kept)
        raw.execute("SELECT pg_reload_conf()")
    admin.dispose()
    address = f"{guarded.url.replace('tests@', 'guarded@')}/postgres"
    try:
        monkeypatch.setenv("PGPASSWORD", password)
        with sa.create_engine(address).connect() as connection:
            assert connection.scalar(sa.text("SELECT current_user")) == "guarded"
        monkeypatch.setenv("PGPASSWORD", password + "x")
        with pytest.raises(sa.exc.OperationalError, match="password"):
            sa.create_engine(address).connect()
    finally:
        rules.write_text(kept)


def test_a_command_as_it_is_typed_is_the_servers_own(tmp_path: Path) -> None:
    """The same user, folder and settings as the unit's, from wherever it is typed."""
    (tmp_path / "etc.env").write_text("PUBLIC_URL=https://live.example.org\n")
    (tmp_path / ".env").symlink_to(tmp_path / "etc.env")
    me = pwd.getpwuid(os.getuid()).pw_name
    known = {name: value for name, value in os.environ.items() if name not in {"DATA_DIR", "PUBLIC_URL"}}
    known |= {"BACKCHANNEL_USER": me, "BACKCHANNEL_HOME": str(tmp_path), "BACKCHANNEL_OPT": sys.prefix}
    command = [str(DEPLOY / "backchannel"), "event", "create", "box10", "--name", "Box 10"]
    done = subprocess.run(command, env=known, cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "https://live.example.org/e/box10/desk?key=" in done.stdout
    assert (tmp_path / "backchannel.sqlite3").exists()


def test_the_unit_the_wrapper_and_the_installer_agree() -> None:
    unit, wrapper, installer = (
        (DEPLOY / name).read_text() for name in ("backchannel.service", "backchannel", "install")
    )
    assert "User=backchannel\n" in unit
    assert "DynamicUser" not in unit
    for place in ("/var/lib/backchannel", "/opt/backchannel"):
        assert all(place in text for text in (unit, wrapper, installer))
    assert "uv sync" in installer.replace("\\\n", "")
    assert "--frozen" in installer
    for script in ("backchannel", "install"):
        assert subprocess.run(["sh", "-n", str(DEPLOY / script)]).returncode == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "backchannel.service"
    text = (DEPLOY / "backchannel.service").read_text().replace("/opt/backchannel/bin/backchannel", "/bin/true")
    unit.write_text(text.replace("User=backchannel", "User=root").replace("Group=backchannel", "Group=root"))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if "backchannel.service" in line] == []

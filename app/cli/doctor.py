"""`backchannel doctor`: names each thing that is wrong, with what to do."""

import argparse
import asyncio
import errno
import http.client
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from app.bus import open_bus
from app.cli.errors import ending
from app.domain.doctor_findings import Diagnosis, Health
from app.domain.network import Network
from app.live.open_files import most_open_files
from app.queries.damaged_json import damaged
from app.settings import KEPT_KEY, MAKE_ONE, Settings, weakness
from app.sources.networks import NETWORKS
from app.store.schema import is_current

CLOCK_OFF = timedelta(seconds=30)
SPACE_LEAST = 500 * 1024 * 1024
CHECK_SECONDS = 6.0
ANSWER_SECONDS = 5.0
OTHER = "Stop it, or use another address: --port, --host."
HALL = 4_096


async def examine(
    settings: Settings, *, host: str, port: int, networks: Iterable[Network[Any]] = NETWORKS
) -> list[Diagnosis]:
    """Look at everything that a morning could fail on. Makes a missing data folder, and changes nothing else."""
    findings = [
        *_database(settings),
        *_space(settings),
        *_secret(settings),
        *_address(settings),
        *_port(host, port),
        *_open_files(),
    ]
    findings += await _bus(settings)
    checkups = await asyncio.gather(*(network.doctor(network.settings()) for network in networks))
    findings += [finding for checkup in checkups for finding in checkup.findings]
    findings.append(_clock(next((checkup.date for checkup in checkups if checkup.date), "")))
    return findings


def _database(settings: Settings) -> Iterator[Diagnosis]:
    about = "database"
    try:
        url = make_url(settings.database)
    except (OSError, SQLAlchemyError) as error:
        yield Diagnosis(about, Health.WRONG, f"It cannot be opened: {error}", "Check DATA_DIR and DATABASE_URL.")
        return
    if url.get_backend_name() == "sqlite" and (problem := _not_writable(url.database or "")):
        yield problem
        return
    try:
        engine = create_engine(url)
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        yield Diagnosis(about, Health.WRONG, f"{ending(error)}.", "Correct DATABASE_URL.")
        return
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            current = is_current(settings.database)
            hurt = damaged(connection) if current else {}
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        yield Diagnosis(about, Health.WRONG, f"It does not answer: {reason}", "Start it, or correct DATABASE_URL.")
        return
    finally:
        engine.dispose()
    if current:
        yield Diagnosis(about, Health.OK, "It answers and its tables are up to date.")
        for place, rows in sorted(hurt.items()):
            todo = "Its default stands in. Save it again in setup, or put a copy back (backchannel restore)."
            yield Diagnosis(about, Health.WARNING, f"{place} is damaged in {rows} rows.", todo)
    else:
        yield Diagnosis(about, Health.OK, "It answers; its tables are brought up to date at the next start.")


def _not_writable(path: str) -> Diagnosis | None:
    folder = os.path.dirname(path) or "."  # noqa: PTH120
    todo = f"Let this user write to {folder}, or set DATA_DIR to a folder where it may."
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK | os.X_OK):  # noqa: PTH112
        return Diagnosis("database", Health.WRONG, f"{folder} cannot be written to.", todo)
    if os.path.exists(path) and not os.access(path, os.W_OK):  # noqa: PTH110
        return Diagnosis("database", Health.WRONG, f"{path} cannot be written to.", todo)
    return None


def _space(settings: Settings) -> Iterator[Diagnosis]:
    if not settings.data_dir.is_dir():
        return
    free = shutil.disk_usage(settings.data_dir).free
    said = f"{free // 1024**2} MB are free."
    if free < SPACE_LEAST:
        yield Diagnosis("disk", Health.WRONG, said, "Make room: posts that cannot be stored are lost to the wall.")
    else:
        yield Diagnosis("disk", Health.OK, said)


def _secret(settings: Settings) -> Iterator[Diagnosis]:
    given, kept = settings.secret_key.get_secret_value(), settings.data_dir / KEPT_KEY
    if given and (why := weakness(given)):
        yield Diagnosis("key", Health.WRONG, f"SECRET_KEY {why}.", MAKE_ONE)
    elif given:
        yield Diagnosis("key", Health.OK, "SECRET_KEY is set.")
    elif kept.exists() and (why := _kept_weakness(kept)):
        todo = "Remove the file; the next start makes a good one, and everybody opens their link once more."
        yield Diagnosis("key", Health.WRONG, f"The key in {kept} {why}.", todo)
    else:
        yield Diagnosis("key", Health.OK, "A key of its own is kept in DATA_DIR.")


def _kept_weakness(kept: Path) -> str:
    try:
        return weakness(kept.read_text().strip())
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    except ValueError:
        return "is no text"


def _address(settings: Settings) -> Iterator[Diagnosis]:
    about, url = "address", urlsplit(settings.public_url)
    if not settings.public_url:
        todo = "Set PUBLIC_URL, such as https://live.example.org: the QR code on the wall is made of it."
        yield Diagnosis(about, Health.WARNING, "PUBLIC_URL is not set, so phones cannot be told where to go.", todo)
    elif url.scheme not in {"http", "https"} or not url.hostname:
        todo = "It must begin with https:// and a host name."
        yield Diagnosis(about, Health.WRONG, f"PUBLIC_URL is not an address: {settings.public_url}", todo)
    elif url.scheme == "http" and url.hostname not in {"127.0.0.1", "localhost", "::1"}:
        todo = "Put a proxy with TLS in front (deploy/Caddyfile): over http, tablets cannot stay awake by themselves."
        yield Diagnosis(about, Health.WARNING, "PUBLIC_URL is plain http.", todo)
    else:
        yield Diagnosis(about, Health.OK, f"People reach it at {settings.public_url}.")


def _port(host: str, port: int) -> Iterator[Diagnosis]:
    about = "port"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                yield Diagnosis(about, Health.WRONG, f"{host}:{port} cannot be listened on: {error.strerror}.", OTHER)
            elif (status := _ours(host, port)) is None:
                yield Diagnosis(about, Health.WRONG, f"Another program listens on port {port}.", OTHER)
            elif status == 200:
                yield Diagnosis(about, Health.OK, f"Backchannel is running on port {port}.")
            else:
                said = f"Backchannel is running on port {port} and is not well ({status})."
                yield Diagnosis(about, Health.WRONG, said, "Its log says why: the database, mostly.")
        except ValueError:
            yield Diagnosis(about, Health.WRONG, f"There is no address {host}.", OTHER)
        else:
            yield Diagnosis(about, Health.OK, f"Port {port} is free.")


def _ours(host: str, port: int) -> int | None:
    """How a server of ours says that it is; None if it is none of ours, which does not say that it is one."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(asked, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/up")
        answer = connection.getresponse()
        return answer.status if answer.headers.get("Backchannel") else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _open_files() -> Iterator[Diagnosis]:
    most = most_open_files()
    if 0 < most < HALL:
        todo = "Raise it: ulimit -n, or LimitNOFILE= in the service (deploy/backchannel.service)."
        yield Diagnosis("open files", Health.WARNING, f"At most {most} phones and files may be open at once.", todo)
    else:
        yield Diagnosis("open files", Health.OK, "There may be as many as a hall needs.")


async def _bus(settings: Settings) -> list[Diagnosis]:
    try:
        bus = open_bus(settings.bus_url)
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await bus.check()
        finally:
            await bus.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what to tell
        return [Diagnosis("bus", Health.WRONG, f"It does not answer: {error}", "Start it, or correct BUS_URL.")]
    return [Diagnosis("bus", Health.OK, "It answers.")]


def _clock(date: str) -> Diagnosis:
    try:
        theirs = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return _no_clock()
    off = datetime.now(UTC) - theirs
    if abs(off) > CLOCK_OFF:
        todo = "Set it, and let it be kept right by NTP (timedatectl set-ntp true)."
        return Diagnosis("clock", Health.WRONG, f"The clock is off by {off.total_seconds():.0f} seconds.", todo)
    return Diagnosis("clock", Health.OK, "The clock is right.")


def _no_clock() -> Diagnosis:
    return Diagnosis("clock", Health.WARNING, "There was nothing to compare the clock with.", "Compare it yourself.")


def report(arguments: argparse.Namespace, settings: Settings | Exception) -> None:
    if isinstance(settings, Exception):
        todo = "Correct it in the environment or in .env; deploy/env.example shows all settings."
        findings = [
            Diagnosis("settings", Health.WRONG, f"{said}.", todo) for said in str(ending(settings)).splitlines()
        ]
    else:
        findings = asyncio.run(examine(settings, host=arguments.host, port=arguments.port))
    if arguments.json:
        sys.stdout.write(json.dumps([finding.as_json() for finding in findings]) + "\n")
    else:
        for finding in findings:
            sys.stdout.write(f"{finding.health:<8} {finding.about}: {finding.said}\n")
            if finding.todo:
                sys.stdout.write(f"         → {finding.todo}\n")
    if any(finding.health is Health.WRONG for finding in findings):
        sys.exit(1)

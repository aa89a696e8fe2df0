"""The `backchannel` command. Each command loads only what it needs: this file, and nothing of ours besides."""

import argparse
import gc
import os
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from app.cli.errors import ending, quiet_pipe

ROLES = ("owner", "moderator", "speaker", "screen", "delegate")
FORMATS = ("csv", "json", "md")
EVERY = ("week", "fortnight", "month", "month_end")


def main(words: list[str] | None = None) -> None:
    arguments = _parser().parse_args(words)
    module, _, function = arguments.run.partition(":")
    try:
        # What a command loads stays: to look for garbage in it meanwhile takes a seventh of the time.
        gc.disable()
        run = getattr(import_module(module), function)
        if not gc.get_freeze_count():
            gc.freeze()
        gc.enable()
        run(arguments, _settings(tolerant=arguments.run.startswith("app.cli.doctor:")))
        sys.stdout.flush()
    except BrokenPipeError:
        quiet_pipe()
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LOG_LEVEL", "").lower() == "debug":
            raise
        failed = ending(error)
        sys.stderr.write(f"backchannel: {failed}\n")
        sys.exit(failed.code)


def _settings(*, tolerant: bool) -> Any:
    """The settings; for `doctor`, who says what is wrong with them, the error instead."""
    try:
        return import_module("app.settings").Settings()
    except Exception as error:
        if tolerant:
            return error
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backchannel", description="The live conference backchannel.")
    version = metadata.version("backchannel")
    parser.add_argument("--version", action="version", version=f"backchannel {version}")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    serving = verbs.add_parser("serve", help="serve your events")
    _address(serving)
    serving.add_argument("--reload", action="store_true", help="start again after each change of the program")
    serving.set_defaults(run="app.cli.serve:serve_events")

    demo = verbs.add_parser("demo", help="serve a sample conference, with posts arriving")
    _address(demo)
    demo.set_defaults(run="app.cli.serve:demo")

    event = verbs.add_parser("event", help="make events").add_subparsers(required=True, metavar="VERB")
    create = event.add_parser("create", help="make an event and print its role links")
    create.add_argument("slug", metavar="SLUG", help="its address: /e/SLUG")
    create.add_argument("--name", required=True)
    create.add_argument("--hashtag", action="append", default=[], metavar="TAG", help="may be given several times")
    create.add_argument("--zone", default="Europe/London", help="time zone (default %(default)s)")
    create.add_argument("--language", default="en", metavar="TAG", help="what its screens speak (default %(default)s)")
    create.add_argument("--json", action="store_true")
    create.set_defaults(run="app.cli.events:create")

    series = verbs.add_parser("series", help="begin series").add_subparsers(required=True, metavar="VERB")
    begin = series.add_parser("create", help="begin a chat or meet that comes again")
    begin.add_argument("slug", metavar="SLUG", help="its address: /s/SLUG")
    begin.add_argument("--name", required=True)
    begin.add_argument("--hashtag", action="append", default=[], metavar="TAG", help="may be given several times")
    begin.add_argument("--first-day", required=True, metavar="DAY", help="such as 2026-10-13")
    begin.add_argument("--at", required=True, metavar="TIME", help="by the clock on the wall, such as 20:00")
    begin.add_argument("--every", choices=EVERY, default=EVERY[0], help="default %(default)s")
    begin.add_argument("--minutes", type=int, default=60, metavar="N", help="default %(default)s")
    begin.add_argument("--zone", default="Europe/London", help="time zone (default %(default)s)")
    begin.add_argument("--language", default="en", metavar="TAG", help="what its screens speak (default %(default)s)")
    begin.add_argument("--json", action="store_true")
    begin.set_defaults(run="app.cli.series:create")

    link = verbs.add_parser("link", help="make one more role link")
    link.add_argument("slug", metavar="SLUG")
    link.add_argument("role", choices=ROLES)
    link.add_argument("--label", default="", help="whose link it is, such as “Asha”")
    link.add_argument("--json", action="store_true")
    link.set_defaults(run="app.cli.events:link")

    home = verbs.add_parser("home-link", help="make one more link that opens all events")
    home.add_argument("--label", default="", help="whose link it is, such as “Asha”")
    home.add_argument("--json", action="store_true")
    home.set_defaults(run="app.cli.events:home_link")

    replaying = verbs.add_parser("replay", help="play a recorded file into an event, or look what is in it")
    replaying.add_argument("file", type=Path, metavar="FILE")
    replaying.add_argument("--event", metavar="SLUG")
    replaying.add_argument("--check", action="store_true", help="say what would come in, and store nothing")
    replaying.add_argument("--author", default="", metavar="HANDLE", help="whose posts, if the file does not say")
    pace = "times as fast (default: 1 for our own recordings, at once for those of other programs)"
    replaying.add_argument("--speed", type=_speed, metavar="N", help=pace)
    replaying.add_argument("--json", action="store_true", help="what --check says, as JSON")
    replaying.set_defaults(run="app.cli.replay:replay_file")

    programme = verbs.add_parser("programme", help="import the programme").add_subparsers(required=True, metavar="VERB")
    importing = programme.add_parser("import", help="put a programme from a file or an address in place")
    importing.add_argument("file", metavar="FILE|URL")
    importing.add_argument("--event", required=True, metavar="SLUG")
    importing.add_argument("--zone", default="", help="of times that name none (default: the file's, else the event's)")
    importing.add_argument("--map", type=Path, metavar="FILE", help="JSON: which column of a table means what")
    importing.add_argument("--remove", action="store_true", help="also talks that questions belong to")
    importing.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    importing.add_argument("--json", action="store_true")
    importing.set_defaults(run="app.cli.programme:import_file")

    screening = verbs.add_parser("screen", help="screen lines of JSON from standard input")
    screening.add_argument("--quick", action="store_true", help="rules and heads alone, without the reader")
    screening.set_defaults(run="app.cli.screen:screen_lines")

    export = verbs.add_parser("export", help="write an event to standard output")
    export.add_argument("slug", metavar="SLUG")
    export.add_argument("--format", choices=FORMATS, default="json")
    export.add_argument("--unshared", action="store_true", help="with what is of talks that are not to be shared")
    export.set_defaults(run="app.cli.exports:export")

    archive = verbs.add_parser("archive", help="write a static copy of an event, which opens without a server")
    archive.add_argument("slug", metavar="SLUG")
    archive.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    archive.add_argument("--private", action="store_true", help="with all words, for the organiser's own files only")
    archive.set_defaults(run="app.cli.archive:write_archive")

    log = verbs.add_parser("log", help="write who decided what, when and why, to standard output")
    log.add_argument("slug", metavar="SLUG")
    log.add_argument("--format", choices=["csv", "json"], default="json")
    log.set_defaults(run="app.cli.exports:trail")

    incident = verbs.add_parser("incident", help="put everything about some posts into one file")
    incident.add_argument("slug", metavar="SLUG")
    incident.add_argument("--post", type=int, action="append", required=True, metavar="N", help="may be given again")
    incident.add_argument("--out", type=Path, required=True, metavar="FILE")
    incident.set_defaults(run="app.cli.exports:take_incident_file")

    erase = verbs.add_parser("erase", help="erase a person, a phone, an address or everybody from an event, for good")
    erase.add_argument("slug", metavar="SLUG")
    whom = erase.add_mutually_exclusive_group(required=True)
    whom.add_argument("--author", metavar="HANDLE", help="whoever has that handle on any network")
    whom.add_argument("--phone", metavar="LINK", help="the address (…#post-15) or number of a post that it sent")
    whom.add_argument("--mail", metavar="ADDRESS", help="an e-mail address that somebody gave")
    whom.add_argument("--everything", action="store_true", help="what everybody has said; the event stays")
    erase.add_argument("--mentions", action="store_true", help="with --author: posts of others that name them too")
    erase.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    erase.set_defaults(run="app.cli.erase:erase")

    backup = verbs.add_parser("backup", help="copy the SQLite file, also while the server runs")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run="app.cli.backup:backup")

    restore = verbs.add_parser("restore", help="put a copy back; the server must be stopped")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(run="app.cli.backup:restore")

    move = verbs.add_parser("move", help="move everything to PostgreSQL; the server must be stopped")
    move.add_argument("--to", required=True, metavar="DATABASE_URL", help="postgresql+psycopg://user@host/name, empty")
    move.set_defaults(run="app.cli.move:move_everything")

    doctor = verbs.add_parser("doctor", help="say what is wrong, and what to do")
    _address(doctor)
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run="app.cli.doctor:report")
    return parser


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 1_000_000:
        raise argparse.ArgumentTypeError(f"“{text}” is no speed: give a number above 0 and up to 1000000")
    return speed


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 5 or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"“{text}” is no port: give a number from 0 to 65535")
    return int(text)


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="default %(default)s; 0.0.0.0 for a whole network")
    parser.add_argument("--port", type=_port, default=8000, help="default %(default)s")

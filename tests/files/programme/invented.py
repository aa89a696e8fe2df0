"""One small invented programme in every form that organisers have: three days' worth of traps in five talks."""

import gzip
import io
import json
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = "2026-11-26"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=LONDON)


TALKS = [
    ("t1", "Care closer to home", at(9), 45, "Main hall", ["Nia Rees", "Omar Said"]),
    ("t2", "Nights on the ward", at(10), 30, "Main hall", ["Ike Porter"]),
    ("t3", "Records & ribbons, a workshop", at(10), 90, "Room 2", ["Jools Wheel"]),
    ("t4", "Who cares for carers?", at(14, 30), 60, "Room 2", []),
]


def frab_xml() -> bytes:
    events = "".join(
        f'<room name="{room}"><event id="{key}" guid="g-{key}"><date>{start.isoformat()}</date><start>{start:%H:%M}</start>'
        f"<duration>{minutes // 60:02}:{minutes % 60:02}</duration><room>{room}</room>"
        f"<title>{title.replace('&', '&amp;')}</title><persons>"
        + "".join(f'<person id="1">{name}</person>' for name in names)
        + "</persons></event></room>"
        for key, title, start, minutes, room, names in TALKS
    )
    zone = "<conference><time_zone_name>Europe/London</time_zone_name></conference>"
    return f'<?xml version="1.0"?><schedule>{zone}<day date="{DAY}">{events}</day></schedule>'.encode()


def pentabarf_xml() -> bytes:
    """The old shape: no <room> around, no date, no guid."""
    events = "".join(
        f'<event id="{key}"><start>{start:%H:%M}</start><duration>{minutes // 60:02}:{minutes % 60:02}</duration>'
        f"<room>{room}</room><title>{title.replace('&', '&amp;')}</title><persons>"
        + "".join(f'<person id="1">{name}</person>' for name in names)
        + "</persons></event>"
        for key, title, start, minutes, room, names in TALKS
    )
    return f'<schedule><day date="{DAY}">{events}</day></schedule>'.encode()


def frab_json() -> bytes:
    rooms: dict[str, list[object]] = {}
    for key, title, start, minutes, room, names in TALKS:
        rooms.setdefault(room, []).append(
            {
                "guid": f"g-{key}",
                "id": 7,
                "date": start.isoformat(),
                "duration": f"{minutes // 60:02}:{minutes % 60:02}",
                "title": title,
                "persons": [{"public_name": name} for name in names],
            }
        )
    days = [{"date": DAY, "rooms": rooms}]
    return json.dumps({"schedule": {"conference": {"time_zone_name": "Europe/London", "days": days}}}).encode()


def slots() -> bytes:
    minutes: dict[str, dict[str, object]] = {}
    for key, title, start, lasts, room, names in TALKS:
        slot = {"room": {"en": room}, "start": start.isoformat(), "end": (start + timedelta(minutes=lasts)).isoformat()}
        talk = {
            "code": key,
            "title": title,
            "state": "confirmed",
            "speakers": [{"name": n} for n in names],
            "slot": slot,
        }
        minutes.setdefault(str(start.hour * 60 + start.minute), {})[room] = talk
    return json.dumps({"schedule": {DAY: {"0": {}, **minutes}}}).encode()


def sessionize_all() -> bytes:
    rooms = list(dict.fromkeys(talk[4] for talk in TALKS))
    people = list(dict.fromkeys(name for talk in TALKS for name in talk[5]))
    sessions = [
        {
            "id": key,
            "title": title,
            "startsAt": f"{start:%Y-%m-%dT%H:%M:%S}",
            "endsAt": f"{start + timedelta(minutes=lasts):%Y-%m-%dT%H:%M:%S}",
            "roomId": rooms.index(room),
            "speakers": [f"p{people.index(name)}" for name in names],
            "isServiceSession": False,
            "status": "Accepted",
        }
        for key, title, start, lasts, room, names in TALKS
    ]
    return json.dumps(
        {
            "sessions": sessions,
            "rooms": [{"id": number, "name": room} for number, room in enumerate(rooms)],
            "speakers": [{"id": f"p{number}", "fullName": name} for number, name in enumerate(people)],
        }
    ).encode()


def sessionize_grid() -> bytes:
    rooms: dict[str, list[object]] = {}
    for key, title, start, lasts, room, names in TALKS:
        session = {
            "id": key,
            "title": title,
            "startsAt": f"{start:%Y-%m-%dT%H:%M:%S}",
            "endsAt": f"{start + timedelta(minutes=lasts):%Y-%m-%dT%H:%M:%S}",
            "speakers": [{"id": "x", "name": name} for name in names],
            "room": room,
        }
        rooms.setdefault(room, []).append(session)
    listed = [{"name": room, "sessions": sessions} for room, sessions in rooms.items()]
    again = [{"slotStart": "09:00:00", "rooms": [{"session": session} for session in rooms["Main hall"]]}]
    return b"\xef\xbb\xbf" + json.dumps([{"date": DAY, "rooms": listed, "timeSlots": again}]).encode()


def indico() -> bytes:
    def said(moment: datetime) -> dict[str, str]:
        utc = moment.astimezone(ZoneInfo("UTC"))
        return {"date": f"{utc:%Y-%m-%d}", "time": f"{utc:%H:%M:%S}", "tz": "UTC"}

    contributions = [
        {
            "id": key,
            "title": title,
            "startDate": said(start),
            "endDate": said(start + timedelta(minutes=lasts)),
            "room": room,
            "speakers": [],
            "primaryauthors": [{"fullName": ", ".join(reversed(name.split()))} for name in names],
        }
        for key, title, start, lasts, room, names in TALKS
    ]
    return json.dumps({"results": [{"timezone": "Europe/London", "contributions": contributions}]}).encode()


def open_event() -> bytes:
    sessions = [
        {
            "id": key,
            "title": title,
            "starts-at": start.isoformat(),
            "ends-at": (start + timedelta(minutes=lasts)).isoformat(),
            "microlocation": {"name": room},
            "speakers": [{"name": name} for name in names],
            "state": "accepted",
        }
        for key, title, start, lasts, room, names in TALKS
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("event", json.dumps({"timezone": "Europe/London"}))
        opened.writestr("sessions", json.dumps(sessions))
    return packed.getvalue()


def calendar() -> bytes:
    """As Outlook writes it: a Windows zone, folded lines, speakers as guests without an address."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//invented//EN"]
    for key, title, start, lasts, room, names in TALKS:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@example.org",
            "DTSTAMP:20261101T000000Z",
            f"DTSTART;TZID=GMT Standard Time:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=GMT Standard Time:{start + timedelta(minutes=lasts):%Y%m%dT%H%M%S}",
            f"SUMMARY:{title.replace(',', chr(92) + ',')}",
            f"LOCATION:{room}",
            *(f'ATTENDEE;CN="{name}":invalid:nomail' for name in names),
            "DESCRIPTION:Join at https://meet.example/1 with passcode 4711",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _rows(separator: str, day: str, clock: str) -> str:
    rows = [["Date", "Start", "End", "Room", "Title", "Speakers"]]
    for _, title, start, lasts, room, names in TALKS:
        end = start + timedelta(minutes=lasts)
        rows.append(
            [f"{start:{day}}", f"{start:{clock}}", f"{end:{clock}}", room, f'"{title}"', f'"{", ".join(names)}"']
        )
    return "\n".join(separator.join(row) for row in rows)


def template_csv() -> bytes:
    return _rows(",", "%Y-%m-%d", "%H:%M").encode()


def excel_csv() -> bytes:
    """As a German or Welsh Excel saves it: a mark in front, semicolons, days with dots."""
    return b"\xef\xbb\xbf" + _rows(";", "%d.%m.%Y", "%H.%M").replace("\n", "\r\n").encode()


def american_tsv() -> bytes:
    return _rows("\t", "%m/%d/%y", "%I:%M %p").encode("utf-16")


def one_row_a_presenter() -> bytes:
    rows = ["Datum,Zeit,Raum,Titel,Referent"]
    for _, title, start, lasts, room, names in TALKS:
        time = f"{start:%H:%M}-{start + timedelta(minutes=lasts):%H:%M} Uhr"
        rows += [f'{start:%d.%m.%Y},{time},{room},"{title}",{name or "NA"}' for name in names or [""]]
    return "\n".join(rows).encode()


FORMS = {
    "frab xml": frab_xml,
    "pentabarf xml": pentabarf_xml,
    "frab json": frab_json,
    "pretalx slots": slots,
    "sessionize all": sessionize_all,
    "sessionize gridsmart": sessionize_grid,
    "indico json": indico,
    "open event": open_event,
    "ics": calendar,
    "our template": template_csv,
    "excel csv": excel_csv,
    "american tsv": american_tsv,
    "one row a presenter": one_row_a_presenter,
    "packed": lambda: gzip.compress(frab_xml()),
}

"""`backchannel archive`: a static copy of an event, which opens without us."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import IO

from app.cli.database import known_event, with_doors
from app.cli.errors import Failed
from app.cli.progress import Progress
from app.domain.event import Event
from app.domain.network import Networks
from app.domain.source_marks import FLOOR
from app.domain.verdict import Verdict
from app.files.static_archive import POSTS_A_PAGE, StaticArchive, is_ours
from app.files.static_archive_pieces import PictureFile, Spoken
from app.outbound.pictures import Pictures
from app.queries.event_record import Place, as_links, record, said_after
from app.queries.meets import photo_of, photos_of
from app.queries.pictures import picture
from app.settings import Settings
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from app.views.templates import clock_in, date_said, day_in
from app.views.translation import say, speaking


def write_archive(arguments: argparse.Namespace, settings: Settings) -> None:
    """Beside its place first, and there only when it is whole."""
    out: Path = arguments.out
    if out.exists() and not (out.is_file() and is_ours(out)):
        raise Failed(f"{out} is there already, and is no archive that Backchannel made; give another name")
    if not out.parent.is_dir():
        raise Failed(f"there is no folder {out.parent}")
    descriptor, name = tempfile.mkstemp(prefix=".archive-", dir=out.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            posts = with_doors(settings, lambda backchannel: _write(backchannel, arguments, settings, file))
        Path(name).replace(out)
    finally:
        Path(name).unlink(missing_ok=True)
    sys.stdout.write(f"{out}: {posts} posts, {out.stat().st_size / 1e3:.0f} kB\n")


async def _write(backchannel: Backchannel, arguments: argparse.Namespace, settings: Settings, file: IO[bytes]) -> int:
    event = await known_event(backchannel, arguments.slug)
    networks = Networks(NETWORKS)
    whole = await backchannel.ask(record, event.id)
    closed = as_links(event, (), networks.sources, floor=FLOOR.key)

    def only_links(source: str) -> bool:
        return source in closed or not networks.origin(source).public_words

    progress = Progress("posts")
    pictures = Pictures(settings.data_dir / "pictures")
    with speaking(event):
        archive = StaticArchive(file, whole, networks, only_links, spoken_by(event), private=arguments.private)
        place: Place | None = None
        while True:
            some, place = await backchannel.ask(said_after, event.id, place, limit=POSTS_A_PAGE)
            if place is None:
                break
            archive.add(some, await _there(backchannel, pictures, archive.whose_pictures(some)))
            progress.reach(archive.posts, total=whole.posts)
        for one in await backchannel.ask(photos_of, event.id):
            photo = await backchannel.ask(photo_of, event.id, one.id) if one.verdict is Verdict.APPROVED else None
            if photo is not None and photo.verdict is Verdict.APPROVED:
                archive.add_photo(photo.id, photo.alt, PictureFile(photo.kind, photo.content))
        archive.end()
    progress.end()
    return archive.posts


def spoken_by(event: Event) -> Spoken:
    """As the screens of an event say things, in its language and by its clock."""
    zone = event.zone
    return Spoken(say, date_said, lambda at: f"{day_in(at, zone)}, {clock_in(at, zone)}")


async def _there(backchannel: Backchannel, pictures: Pictures, keys: list[str]) -> dict[str, PictureFile]:
    """Those that lie in our cache as they were first seen; nothing is asked of anybody."""
    found = {}
    for key in dict.fromkeys(keys):
        known = await backchannel.ask(picture, key)
        kept = pictures.lying(key, known.digest) if known is not None and not known.differs else None
        if kept is not None:
            found[key] = PictureFile(kept.kind, kept.content)
    return found

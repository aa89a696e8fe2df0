"""Where templates, static files and catalogues are, and static files named after their content."""

import asyncio
import hashlib
import os
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from fastapi import HTTPException, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from app.views.bundles import joined, tight
from app.views.compression import accepts_gzip, compressed

_HERE = Path(__file__).resolve().parent.parent
FRONTEND = _HERE / "frontend" if (_HERE / "frontend").is_dir() else _HERE.parent / "frontend"

TEXTS = {".css", ".js", ".json", ".svg", ".txt", ".LICENSE"}
"""What becomes smaller by compressing; fonts are compressed already."""
FOR_EVER = "public, max-age=31536000, immutable"


class VersionedStatic(StaticFiles):
    """Files under `/static/{hash of the whole tree}/…`, each with all that it imports, compressed once for all."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self.root = directory
        self.version = _tree_hash(directory)
        self.paths = frozenset(
            file.relative_to(directory).as_posix() for file in directory.rglob("*") if file.is_file()
        )

    def url(self, path: str) -> str:
        """Where a file is served. Raises KeyError for one that is not there."""
        if path not in self.paths:
            raise KeyError(path)
        return f"/static/{self.version}/{path}"

    def make_ready(self) -> None:
        """Join and compress whatever may be asked for, so that no visitor waits for it: a quarter of a second."""
        for path in sorted(self.paths):
            if Path(path).suffix in TEXTS:
                _content(self.root, self.version, path, packed=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        version, _, rest = path.replace(os.sep, "/").partition("/")
        if rest not in self.paths:
            raise HTTPException(404)
        asked = Headers(scope=scope)
        suffix = Path(rest).suffix
        packed = suffix in TEXTS and accepts_gzip(asked.get("accept-encoding", ""))
        tag = f'"{self.version}{"-gzip" if packed else ""}"'
        headers = {"Cache-Control": FOR_EVER if version == self.version else "no-cache", "ETag": tag}
        if suffix in TEXTS:
            headers["Vary"] = "Accept-Encoding"
        if self.is_not_modified(Headers(headers), asked):
            return Response(status_code=304, headers=headers)
        if packed:
            headers["Content-Encoding"] = "gzip"
        content = await asyncio.to_thread(_content, self.root, self.version, rest, packed=packed)
        return Response(content, media_type=guess_type(rest)[0] or "text/plain", headers=headers)


@cache
def _content(root: Path, version: str, path: str, *, packed: bool) -> bytes:
    """What is sent for a file. Kept: a tree of another version has other addresses."""
    if packed:
        return compressed(_content(root, version, path, packed=False), level=9)
    if Path(path).suffix in {".css", ".js"}:
        text = joined(path, lambda part: (root / part).read_text())
        return (tight(text) if path.endswith(".css") else text).encode()
    return (root / path).read_bytes()


def _tree_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

"""Where templates, static files and catalogues are, and static files named after their content."""

import hashlib
import os
from pathlib import Path

from fastapi import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

_HERE = Path(__file__).resolve().parent.parent
FRONTEND = _HERE / "frontend" if (_HERE / "frontend").is_dir() else _HERE.parent / "frontend"


class VersionedStatic(StaticFiles):
    """Files under `/static/{hash of the whole tree}/…`, so that relative imports and url() keep working."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self.root = directory
        self.version = _tree_hash(directory)

    def url(self, path: str) -> str:
        """Where a file is served. Raises KeyError for one that is not there."""
        if not (self.root / path).is_file():
            raise KeyError(path)
        return f"/static/{self.version}/{path}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        version, _, rest = path.partition(os.sep)
        response = await super().get_response(rest, scope)
        fresh = version == self.version
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
        return response


def _tree_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

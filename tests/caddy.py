"""A real Caddy before a server, with TLS of its own authority; nothing of the machine is touched."""

import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests.servers import free_port
from tests.until import PATIENCE, until_now

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
VENV = Path(sys.prefix)
CADDIES = {
    "Debian's": next(
        (path for path in ("/usr/bin/caddy", str(VENV / "debian/usr/bin/caddy")) if Path(path).exists()), ""
    ),
    "the newest": shutil.which("caddy", path=str(VENV / "bin")) or "",
}
"""Debian 12 and 13 have 2.6; the newest comes with the tests."""
GLOBAL = "{\n\tadmin off\n\tskip_install_trust\n\thttp_port %d\n}\nimport %s\n"


def version(caddy: str) -> str:
    said = subprocess.run([caddy, "version"], capture_output=True, text=True, check=True).stdout
    return said.strip().removeprefix("v").partition(" ")[0]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), **more}


class Proxied:
    """What stands behind `url`; `tls` trusts its authority."""

    def __init__(self, url: str, tls: ssl.SSLContext) -> None:
        self.url, self.tls = url, tls

    def get(self, path: str) -> httpx2.Response:
        with httpx2.Client(verify=self.tls, timeout=PATIENCE) as client:
            return client.get(self.url + path)


@contextmanager
def caddy_before(caddy: str, config: str, upstream: int, home: Path) -> Iterator[Proxied]:
    port = free_port()
    wrapped = home / "Caddyfile.test"
    wrapped.write_text(GLOBAL % (free_port(), DEPLOY / config))
    known = environment(
        home,
        SITE=f"localhost:{port}",
        UPSTREAM=f"127.0.0.1:{upstream}",
        UPSTREAM_NAME="127.0.0.1",
        UPSTREAM_PORT=str(upstream),
    )
    root = home / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    with (home / "caddy.log").open("wb") as log:
        command = [caddy, "run", "--adapter", "caddyfile", "--config", str(wrapped)]
        process = subprocess.Popen(command, env=known, stdout=log, stderr=log)
    try:
        until_now(lambda: root.exists() or process.poll() is not None)
        assert process.poll() is None, (home / "caddy.log").read_text()
        made = Proxied(f"https://localhost:{port}", ssl.create_default_context(cafile=root))
        until_now(lambda: _answers(made) or process.poll() is not None)
        yield made
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(made: Proxied) -> bool:
    try:
        made.get("/up")
    except (httpx2.HTTPError, OSError):
        return False
    return True

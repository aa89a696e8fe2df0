"""Settings come from the environment and a `.env`; `deploy/env.example` lists them all.

Those of a network are in its folder of `sources/`.
"""

import math
import os
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_LETTERS = 32
KEY_BITS = 70.0
"""A key has at least so many characters, and so much that cannot be foreseen; 32 random hex digits have about 115."""
_SAID_OFTEN = re.compile(
    r"change|this|secret|password|passphrase|please|example|default|backchannel|signing|insecure|random|replace|test"
    r"|very|long|your|with|some|key|the|me",
    re.IGNORECASE,
)


def _host_and_port(address: str, host: str) -> str:
    """An address of which nothing can be asked is refused at the start, not at the first who needs it.

    Raises ValueError, with none of what was given: it may hold a password.
    """
    _, colon, port = host.rpartition(":")
    if colon and "]" not in port and port and not (port.isascii() and port.isdecimal() and int(port[:6]) <= 65_535):
        raise ValueError("its port is no number from 0 to 65535; in a password # is written %23, / is %2F")
    if ("[" in host or "]" in host) and not re.fullmatch(r"\[[0-9A-Fa-f:.%\w]+\](:\d*)?", host):
        raise ValueError("its host is no address")
    return address


def _web_like(given: str) -> str:
    """As everybody reads addresses: a password has its signs as %23 and the like."""
    rest = given.partition("://")[2]
    return _host_and_port(given, re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2])


def _of_a_database(given: str) -> str:
    """As SQLAlchemy reads it, whose passwords may hold more signs."""
    kind, _, rest = given.partition("://")
    if kind.partition("+")[0] == "sqlite" and rest.partition("?")[0].strip("/") in {"", ":memory:"}:
        raise ValueError("it names no file, and what is only in memory is lost")
    if kind.partition("+")[0] == "sqlite":
        return given
    return _host_and_port(given, re.split(r"[/?]", rest.partition("@")[2] or rest, maxsplit=1)[0])


WebLike = Annotated[str, AfterValidator(_web_like)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(str.lower)]


def _hops(given: object) -> object:
    """true and false are of a time when there was one proxy or none."""
    words = {"true": 1, "yes": 1, "on": 1, "false": 0, "no": 0, "off": 0, "": 0}
    return words.get(given.strip().lower(), given) if isinstance(given, str) else given


class WeakKey(ValueError):
    """With this key anybody could sign an owner's cookie; the sentence says what to do."""


class Settings(BaseSettings):
    """What the program needs to know about where it runs. Secrets never appear in a repr or a log."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=False)

    data_dir: Path = Field(default=Path("data"), description="Where the database file and cached pictures live.")
    database_url: Annotated[str, AfterValidator(_of_a_database)] = Field(
        default="", description="Empty: an SQLite file in DATA_DIR."
    )
    bus_url: WebLike = Field(default="memory://", description="memory:// for one process, redis:// for several.")
    secret_key: SecretStr = Field(
        default=SecretStr(""), description="Signs cookies. Empty: one is made and kept in DATA_DIR."
    )
    public_url: WebLike = Field(
        default="", description="Where people reach this server, such as https://live.example.org"
    )
    short_url: WebLike = Field(default="", description="A shorter address shown on the wall, if you have one.")
    picture_hosts: str = Field(
        default="",
        description="host:port, comma separated, that pictures may come from although they are private.",
    )
    hook_hosts: str = Field(
        default="",
        description="host:port, comma separated, of alarms, webhooks and programmes that may be private.",
    )
    link_titles: bool = Field(
        default=True, description="Whether our server asks pages that people share for their titles."
    )
    link_hosts: str = Field(
        default="",
        description="host:port, comma separated, of shared links that may be asked although they are private.",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server for alarms and links, such as smtp://user:password@mail.example.org:587",
    )

    mail_from: str = Field(default="backchannel@localhost", description="Sender of alarms by e-mail.")
    trust_proxy: Annotated[int, BeforeValidator(_hops)] = Field(
        default=0, ge=0, le=10, description="How many proxies of yours stand in front, one behind the other."
    )
    connections_per_address: int = Field(
        default=5_000, ge=10, description="So many connections one address may have: a hall behind one router."
    )
    reader: bool = Field(
        default=True, description="Whether the reader, a process of its own, reads every post once more (about 150 MB)."
    )
    log_level: LogLevel = Field(default="info", description="debug, info, warning or error.")
    log_format: Literal["text", "json"] = Field(
        default="text", description="text for people; json for machines, with a line for each request."
    )
    metrics_token: SecretStr = Field(default=SecretStr(""), description="/metrics answers to this bearer token.")
    metrics_public: bool = Field(default=False, description="Whether /metrics answers to everybody.")

    _for_phones: bool = PrivateAttr(default=True)

    @cached_property
    def database(self) -> str:
        if self.database_url:
            return self.database_url
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return f"sqlite:///{(self.data_dir / 'backchannel.sqlite3').resolve()}"

    @property
    def base_url(self) -> str:
        """What links begin with: PUBLIC_URL, else where the server was reached when it ran last."""
        with suppress(OSError):
            return self.public_url.rstrip("/") or (self.data_dir / KEPT_ADDRESS).read_text().strip()
        return "http://127.0.0.1:8000"

    def serve_at(self, url: str, *, for_phones: bool) -> None:
        """Without PUBLIC_URL links name the address that is really served, also those that a command makes later."""
        if not self.public_url:
            self.public_url, self._for_phones = url, for_phones
            with suppress(OSError):
                (self.data_dir / KEPT_ADDRESS).write_text(url)

    @property
    def for_phones(self) -> bool:
        """Whether the address is one that phones can reach: given, or of a network."""
        return self._for_phones

    @property
    def allowed_picture_hosts(self) -> frozenset[str]:
        return _hosts(self.picture_hosts)

    @property
    def allowed_hook_hosts(self) -> frozenset[str]:
        return _hosts(self.hook_hosts)

    @property
    def allowed_link_hosts(self) -> frozenset[str]:
        """Never those of hooks: who shares a link is anybody."""
        return _hosts(self.link_hosts)

    @cached_property
    def signing_key(self) -> str:
        """SECRET_KEY, or a key made at the first start and kept beside the database. Raises WeakKey."""
        if given := self.secret_key.get_secret_value():
            if why := weakness(given):
                raise WeakKey(f"SECRET_KEY {why}. {MAKE_ONE}")
            return given
        kept = self.data_dir / KEPT_KEY
        key = _kept_key(kept)
        if why := weakness(key):
            raise WeakKey(f"the key in {kept} {why}. Remove the file and start again; role links stay what they are.")
        return key


KEPT_KEY = "secret-key"
KEPT_ADDRESS = "address"
MAKE_ONE = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


def weakness(key: str) -> str:
    """Why a key is none, as the end of a sentence; '' if it is one."""
    if len(key) < KEY_LETTERS:
        return f"has fewer than {KEY_LETTERS} characters"
    return "is easy to guess" if _bits(_SAID_OFTEN.sub("", _once(key))) < KEY_BITS else ""


def _once(key: str) -> str:
    """What is said over and over, once."""
    return key[: next(length for length in range(1, len(key) + 1) if key.startswith(key[length:]))]


def _bits(key: str) -> float:
    """What cannot be foreseen, knowing how often each character stands there, or each step from one to the next."""
    steps = [ord(after) - ord(before) for before, after in pairwise(key)]
    return min(_information(key), _information(steps))


def _information(said: Sequence[object]) -> float:
    return sum(-times * math.log2(times / len(said)) for times in Counter(said).values())


def _kept_key(kept: Path) -> str:
    """The key in a file, made if there is none. Of two who make one at once, one is first and both have its key."""
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = kept.with_name(f"{KEPT_KEY}.{secrets.token_hex(8)}")
        try:
            _write_whole(unfinished, secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                os.link(unfinished, kept)
        finally:
            unfinished.unlink(missing_ok=True)
    return kept.read_text().strip()


def _write_whole(file: Path, text: str) -> None:
    """A new file that only its owner may read, on the disk before it gets its name."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def _hosts(listed: str) -> frozenset[str]:
    return frozenset(host.strip() for host in listed.split(",") if host.strip())

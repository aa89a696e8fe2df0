"""Settings come from the environment and a `.env`; `deploy/env.example` lists them all.

Those of a network are in its folder of `sources/`.
"""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the program needs to know about where it runs. Secrets never appear in a repr or a log."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=False)

    data_dir: Path = Field(default=Path("data"), description="Where the database file and cached pictures live.")
    database_url: str = Field(default="", description="Empty: an SQLite file in DATA_DIR.")
    bus_url: str = Field(default="memory://", description="memory:// for one process, redis:// for several.")
    secret_key: SecretStr = Field(
        default=SecretStr(""), description="Signs cookies. Empty: one is made and kept in DATA_DIR."
    )
    public_url: str = Field(default="", description="Where people reach this server, such as https://live.example.org")
    short_url: str = Field(default="", description="A shorter address shown on the wall, if you have one.")
    picture_hosts: str = Field(
        default="",
        description="host:port, comma separated, that pictures may come from although they are private.",
    )
    hook_hosts: str = Field(
        default="",
        description="host:port, comma separated, that alarms and webhooks may go to although they are private.",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""), description="Mail server for alarms, such as smtp://user:password@mail.example.org:587"
    )
    mail_from: str = Field(default="backchannel@localhost", description="Sender of alarms by e-mail.")
    trust_proxy: bool = Field(default=False, description="Whether X-Forwarded-* headers come from a proxy of ours.")
    log_level: str = Field(default="info", description="debug, info, warning or error.")
    log_format: Literal["text", "json"] = Field(
        default="text", description="text for people; json for machines, with a line for each request."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="If set, /metrics answers only to this bearer token."
    )

    @cached_property
    def database(self) -> str:
        if self.database_url:
            return self.database_url
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{(self.data_dir / 'backchannel.sqlite3').resolve()}"

    @property
    def allowed_picture_hosts(self) -> frozenset[str]:
        return _hosts(self.picture_hosts)

    @property
    def allowed_hook_hosts(self) -> frozenset[str]:
        return _hosts(self.hook_hosts)

    @cached_property
    def signing_key(self) -> str:
        """SECRET_KEY, or a key made at the first start and kept beside the database."""
        if key := self.secret_key.get_secret_value():
            return key
        self.data_dir.mkdir(parents=True, exist_ok=True)
        kept = self.data_dir / "secret-key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48))
        return kept.read_text().strip()


def _hosts(listed: str) -> frozenset[str]:
    return frozenset(host.strip() for host in listed.split(",") if host.strip())

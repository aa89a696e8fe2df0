"""Settings of Bluesky, from the environment and the `.env`."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class BlueskySettings(BaseSettings):
    """Nothing is needed: the stream and the look-ups are open to everybody."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    bluesky_jetstream_url: str = Field(
        default="wss://jetstream.us-east.bsky.network/xrpc/network.bsky.jetstream.subscribeEvents",
        description="A Jetstream, of version 2 (…/network.bsky.jetstream.subscribeEvents) or 1 (…/subscribe).",
    )
    bluesky_appview_url: str = Field(
        default="https://public.api.bsky.app", description="Where names, pictures and labels are looked up."
    )
    bluesky_labels_url: str = Field(
        default="wss://mod.bsky.app/xrpc/com.atproto.label.subscribeLabels",
        description="The labels of a moderation service, as it sets them. Empty: they are looked up only.",
    )
    bluesky_app_password: SecretStr = Field(
        default=SecretStr(""),
        description="handle:app-password of an account, to search for what was posted before we listened.",
    )
    bluesky_home_url: str = Field(default="https://bsky.social", description="Where that account signs in.")

    @property
    def account(self) -> str:
        return self.bluesky_app_password.get_secret_value()

    @property
    def home(self) -> str:
        return self.bluesky_home_url.rstrip("/")

    @property
    def appview(self) -> str:
        return self.bluesky_appview_url.rstrip("/")

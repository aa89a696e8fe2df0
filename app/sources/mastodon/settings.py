"""Settings of Mastodon, from the environment and the `.env`."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class MastodonSettings(BaseSettings):
    """Nothing is needed: public timelines are asked without an account."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    mastodon_token: SecretStr = Field(
        default=SecretStr(""), description="Access token of an account: its server's stream is listened to with it."
    )
    mastodon_token_server: str = Field(
        default="", description="The server of that account, as a name; the first one that an event names if empty."
    )
    mastodon_private_servers: str = Field(
        default="", description="host:port of servers inside your own network that may be asked, with commas between."
    )

    @property
    def token(self) -> str:
        return self.mastodon_token.get_secret_value()

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(one.strip() for one in self.mastodon_private_servers.split(",") if one.strip())


def with_token(settings: MastodonSettings, kept: str) -> MastodonSettings:
    """With a token of somebody's account; where it is known at which server, its name stands before it."""
    server, _, token = kept.rpartition(" ")
    return settings.model_copy(update={"mastodon_token": SecretStr(token), "mastodon_token_server": server})

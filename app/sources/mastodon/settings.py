"""Settings of Mastodon, from the environment and the `.env`."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class MastodonSettings(BaseSettings):
    """Nothing is needed: public timelines are asked without an account."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    mastodon_token: SecretStr = Field(
        default=SecretStr(""), description="Access token of an account at the first server that an event names."
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

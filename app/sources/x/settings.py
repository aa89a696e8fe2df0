"""Settings of X, from the environment and the `.env`."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class XSettings(BaseSettings):
    """Where X is and who we are to it. The token is in no repr."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    x_bearer_token: SecretStr = Field(default=SecretStr(""), description="App-only token of X's API.")
    x_api_url: str = Field(default="https://api.x.com", description="Any server that speaks X API v2.")
    x_field_spelling: str = Field(default="tweet", description="Names of X's fields in requests: tweet or post.")

    @property
    def token(self) -> str:
        return self.x_bearer_token.get_secret_value()

    @property
    def url(self) -> str:
        return self.x_api_url.rstrip("/")

"""What programs may say: what is named and nothing else, so that a slip of the pen does not pass for a default."""

from pydantic import BaseModel, ConfigDict


class Asked(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid")

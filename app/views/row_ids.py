"""Numbers of rows, as they stand in addresses."""

from typing import Annotated

from fastapi import Path

LARGEST_ID = 2**31 - 1
"""What a database takes for one."""
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]

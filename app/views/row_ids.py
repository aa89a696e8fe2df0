"""Numbers of rows, as they stand in addresses and forms."""

from typing import Annotated

from fastapi import Form, Path, Query

LARGEST_ID = 2**31 - 1
"""What a database takes for one."""
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
AskedId = Annotated[int, Query(ge=0, le=LARGEST_ID)]
"""0 where none is asked for."""
RoomId = Annotated[int, Form(ge=0, le=LARGEST_ID)]
"""0 for all rooms."""

"""A local X: API v2 as real clients use it, with every fault on command.

    async with XServer(speed=100) as x:
        jo = x.user("jo_nhs", name="Jo Hart", verified_type="blue")
        x.add_rule("#box10", tag="bk:box10")
        post = x.post(jo, "Hello #box10", photos=["A full room"])
        x.edit(post, "Hello again #box10")
        x.fault("http", status=503, body="html", times=3)

`speed` shortens every duration X counts: heartbeats of 20 s come every 0.2 s.
It listens on this machine only.
"""

from .fault_table import BY_NAME, FAULTS, Fault
from .people import Picture, Poll, Post, User
from .server import XServer

__all__ = ["BY_NAME", "FAULTS", "Fault", "Picture", "Poll", "Post", "User", "XServer"]

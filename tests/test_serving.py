"""The listening socket of our own making, and what its connections inherit."""

import socket
from contextlib import closing

from app.serving import listen


def test_no_part_of_an_answer_waits_until_the_one_before_was_acknowledged() -> None:
    """40 ms for each answer, with asyncio's own loop: it says so itself only of sockets that were made in another way."""
    with closing(listen("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with closing(accepted):
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

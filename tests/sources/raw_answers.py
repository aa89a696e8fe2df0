"""A server that says exactly these bytes to whoever connects, and then closes, resets, or says nothing more."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

GOES_ON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
FAULTS: list[tuple[str, bytes, str]] = [
    ("never answers", b"", "hang"),
    ("closes at once", b"", "close"),
    ("resets", b"HTTP/1.1 200 OK\r\n", "reset"),
    ("is cut off in its body", GOES_ON + b"Content-Length: 900\r\n\r\n[{", "close"),
    ("is cut off in a chunk", GOES_ON + b"Transfer-Encoding: chunked\r\n\r\n20\r\n[{", "close"),
    ("stops in its body", GOES_ON + b"Content-Length: 900\r\n\r\n[{", "hang"),
    ("says no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n", "close"),
    ("says nothing in its body", GOES_ON + b"Content-Length: 0\r\n\r\n", "close"),
    ("says what is no UTF-8", GOES_ON + b"Content-Length: 4\r\n\r\n\xff\xfe\xff\xfe", "close"),
    ("is gzip that is none", GOES_ON + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone", "close"),
]


def misbehave(handler: BaseHTTPRequestHandler, raw: bytes, then: str, over: threading.Event) -> None:
    """The same, in the middle of a server that answers properly otherwise. Who hangs does so until it is `over`."""
    handler.close_connection = True
    handler.wfile.write(raw)
    handler.wfile.flush()
    if then == "hang":
        over.wait(60)
    elif then == "reset":
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()


@contextmanager
def answering(raw: bytes, then: str) -> Iterator[str]:
    """Gives its host:port. `then`: close, reset or hang."""
    listening = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                one, _ = listening.accept()
                with suppress(OSError):
                    if then != "hang" or raw:
                        one.recv(65_536)
                    one.sendall(raw)
                if then == "hang":
                    held.append(one)
                    continue
                if then == "reset":
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()
        for one in held:
            one.close()

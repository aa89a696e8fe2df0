"""What the tests of this folder share."""

from tests.live.listeners.listening import server, threaded

__all__ = ["server", "threaded"]

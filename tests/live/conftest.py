"""What the tests of this folder share."""

from tests.busy import busy, settings

__all__ = ["busy", "settings"]

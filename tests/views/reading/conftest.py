"""The program with one event."""

from tests.views.site import site

__all__ = ["site"]

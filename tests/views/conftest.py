"""What the tests of this folder share."""

from tests.views.site import site

__all__ = ["site"]

"""What the tests of this folder share."""

from tests.views.desk.at_the_desk import desk

__all__ = ["desk"]

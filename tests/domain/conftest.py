"""What the tests of this folder share."""

from tests.actions.desk import desk

__all__ = ["desk"]

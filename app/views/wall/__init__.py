"""The wall, which the hall sees."""

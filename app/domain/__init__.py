"""Nouns and rules. Pure: no session, no clock, no I/O; time comes in as `at`."""

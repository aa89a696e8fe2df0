"""Setup, where the organiser works."""

"""Programmes that come in as files: one file a format, found by what is in it, settled the same way."""

from app.files.programme.format_detection import read_programme_file

__all__ = ["read_programme_file"]

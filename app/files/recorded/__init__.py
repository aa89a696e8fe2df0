"""Recordings of chats and conferences, as people have kept them: one file a way of packing, read row by row."""

from app.files.recorded.reading import Recording, open_recording

__all__ = ["Recording", "open_recording"]

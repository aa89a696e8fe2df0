"""What X allows: connections, streams, and how long it makes one wait."""

from datetime import timedelta

from app.domain.network import Limits

# X allows 50 connections; the rest is for a restart. A token has one stream, and the newest event gets it.
LIMITS = Limits(connections=40, window=timedelta(minutes=15), longest=timedelta(minutes=15), streams=1)

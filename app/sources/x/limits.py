"""What X allows and what it costs: connections, streams, and how long it makes one wait."""

from datetime import timedelta

from app.domain.network import Limits
from app.domain.reading_cost import Prices

# X allows 50 connections; the rest is for a restart. A token has one stream, and the newest event gets it.
LIMITS = Limits(connections=40, window=timedelta(minutes=15), longest=timedelta(minutes=15), streams=1)

PRICES = Prices(post=0.005)
"""Dollars. Each post once a UTC day, as X says. Whether the authors and pictures that come along are charged it does
not say: they are counted beside."""

"""Backchannel: the live conference backchannel."""

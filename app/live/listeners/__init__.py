"""Sockets that only listen, past ASGI: ten thousand on one core."""

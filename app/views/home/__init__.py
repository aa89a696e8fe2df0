"""The front page: all events for who runs the installation, the public ones for everybody."""

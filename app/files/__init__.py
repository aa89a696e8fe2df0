"""What leaves as a file: an event, its decisions, an incident."""

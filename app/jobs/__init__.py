"""What runs as long as the server does. Nothing is imported here: the process that reads needs none of it."""

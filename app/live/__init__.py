"""What is pushed: the Feed reads the log once and hands each screen's message to its sockets."""

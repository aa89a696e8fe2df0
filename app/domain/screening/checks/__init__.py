"""What screening looks for, one file a check."""

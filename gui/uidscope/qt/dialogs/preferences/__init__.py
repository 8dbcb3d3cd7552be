"""What holds for all work."""

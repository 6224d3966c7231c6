"""What a source is, and its text."""

"""Where files are kept: this disk, and file systems behind URLs."""

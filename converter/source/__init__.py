"""Read a source: decode its bytes, and tell what kind of file it is."""

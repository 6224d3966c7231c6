"""Images of an archive: asked for, judged, kept."""

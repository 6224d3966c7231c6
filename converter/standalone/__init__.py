"""Standalone archives: local images, links between the posts, redirects from the old addresses, a catalogue.

`Converter` rewrites addresses in the canonical tree, between the cleaner and the serializer.  Which posts there
are is recorded while they are converted; a post that was converted before a post that it links to is converted
again at the end.  A source that is Markdown already is copied: nothing in it is rewritten.
"""

"""An archive that stands alone: its images beside it, its links alive, its old addresses known, its catalogue.

Rewriting happens in the canonical tree, between cleaning and writing (``Converter``).  What a post may
link to is learned while posts are converted; posts that were converted before all of it was known are
converted once more.  A source that is Markdown already is copied as it is: nothing in it is rewritten.
"""

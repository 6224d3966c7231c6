"""The suffixes of files that may be posts.  Imports nothing, for the hook reads it before anything else."""

HTML_SUFFIXES = (".html", ".htm", ".mhtml", ".mht")
MARKDOWN_SUFFIXES = (".md", ".markdown")
POST_SUFFIXES = (*MARKDOWN_SUFFIXES, *HTML_SUFFIXES)
"""Files of a folder with one of these are taken for posts."""
CORPUS_SUFFIXES = (".jsonl", ".jsonl.gz", ".parquet")
"""A target with one of these gets all documents as the rows of one table."""


def has_suffix(name: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether the name ends in one of the suffixes, whatever the case of its letters."""
    return name.lower().endswith(suffixes)

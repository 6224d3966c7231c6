"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

RENDERERS = ("markdown-it", "cmark-gfm")

AGAINST = click.option(
    "--against",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="SOURCE",
    help="The posts that OUT was made from: a folder, or a file.",
)
RENDERER = click.option(
    "--renderer",
    type=click.Choice(RENDERERS),
    default=RENDERERS[0],
    show_default=True,
    help="What renders the Markdown that is held against its source.",
)
JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes  [default: the cores there are]"
)

"""The command `csdn2md` and the list of its subcommands, one module each.

What a command needs is imported when it runs, so that starting stays fast.
"""

from __future__ import annotations

import sys

import click

from converter.cli.config import config
from converter.cli.convert import convert
from converter.cli.errors import CommandGroup, end_with
from converter.cli.explain import explain
from converter.cli.index import index
from converter.cli.init import init
from converter.cli.review import review
from converter.cli.rule import rule
from converter.cli.search import search
from converter.cli.verify import verify
from converter.interpreter import last_block
from converter.translation import activate
from converter.version import __version__


@click.group(
    cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)  # fmt: skip
@click.version_option(__version__, "-V", "--version", prog_name="csdn2md")
def cli() -> None:
    """Convert archives of CSDN-style blog HTML to Markdown."""


for command in (convert, init, verify, review, index, search, explain, rule, config):
    cli.add_command(command)


def main() -> None:
    """Run the command line.

    It speaks the language that the environment asks for (see `translation`).
    A reader that closes the pipe early is not an error: click then ends with exit code 1 and prints nothing.
    What else stdout cannot take, and a current folder that is gone, are errors like all others.
    """
    if activate():
        from converter.cli.help import translate_help

        translate_help(cli)
    with last_block():
        try:
            cli(prog_name="csdn2md")
        except OSError as error:
            sys.exit(end_with(error))

"""Run a command of csdn2md in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from converter.cli.main import cli


def run(*arguments: str, given: str | None = None) -> Result:
    """Return what the command line does; given: its stdin."""
    return CliRunner().invoke(cli, arguments, input=given)

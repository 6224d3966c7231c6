"""The options of `convert` that a configuration file gives: read as if the command line gave them, which wins."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.core import ParameterSource

from converter.options.settings import RUN_SETTINGS, Value

EXCLUSIVE = (("target", "in_place"), ("check", "diff", "dry_run"), ("quiet", "verbose"))
"""Options of which one on the command line turns off what the configuration file says of the others."""
NEEDS_FILES = frozenset(
    """target in_place delete_source check diff dry_run prune reports manifest assets link_local redirects""".split()
)
"""Options that a run from or to a pipe has no use for: what a configuration file says of them is passed over."""
FRONT_MATTER = "front-matter"
"""A value of `redirects` that is no path."""


def apply_configuration(ctx: click.Context) -> None:
    """Put the options of the configuration file of the sources into the parameters of `convert`.

    Paths are relative to the folder of the file.  Raises click.UsageError for a value that an option may not have.
    """
    from converter.model import OptionError
    from converter.options.files import find

    try:
        found = find(source for source in ctx.params["sources"] if source != "-")
    except OptionError as error:
        raise click.UsageError(str(error), ctx) from None
    given = {name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    given |= {name for group in EXCLUSIVE if given.intersection(group) for name in group}
    if ctx.params["sources"] == ("-",) or ctx.params["target"] == "-":
        given |= NEEDS_FILES
    for key, value in (found.values or {}).items():
        option = _option(ctx.command, key) if key in RUN_SETTINGS else None
        if option is not None and option.name and option.name not in given:
            ctx.params[option.name] = _value(ctx, option, _located(key, value, found.path), f"{found.path}: {key}")


def _option(command: click.Command, key: str) -> click.Option | None:
    options = (param for param in command.params if isinstance(param, click.Option))
    return next((option for option in options if f"--{key}" in option.opts), None)


def _located(key: str, value: Value, file: Path | None) -> Value:
    """Return a value with its paths joined to the folder of the configuration file."""
    if key not in ("out", "files-from", "base", "report", "redirects", "manifest", "assets-dir") or file is None:
        return value
    if isinstance(value, tuple):
        return tuple(_joined(file, text) for text in value)
    return _joined(file, str(value))


def _joined(file: Path, text: str) -> str:
    kept = text in ("", "-", FRONT_MATTER) or "://" in text
    return text if kept else os.path.relpath(os.path.join(file.parent, text))  # noqa: PTH118 Path would drop `./`


def _value(ctx: click.Context, option: click.Option, value: Value, source: str) -> object:
    """Return a value in the type of its option; click.UsageError where the option may not have it."""
    try:
        return option.type_cast_value(ctx, value)
    except click.BadParameter as error:
        raise click.UsageError(f"{source}: {error.message}", ctx) from None

"""Options that several commands have, and the types of their values."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from converter.options.settings import SETTINGS, Setting, Value
from converter.translation import _, translated

if TYPE_CHECKING:
    from converter.options import Options
    from converter.options.files import FoundProject

Settings: TypeAlias = dict[str, Value]
"""The conversion settings that the command line gives, by the name of the field of Options."""

RENDERERS = ("auto", "markdown-it", "cmark-gfm")
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


class WholeNumber(click.IntRange):
    """A whole number of a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; fail for any other text."""
        try:
            number = int(value)
        except ValueError:
            self.fail(_("{value!r} is not a whole number").format(value=value), param, ctx)
        return int(super().convert(number, param, ctx))


class Seconds(click.FloatRange):
    """A number of seconds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; fail for any other text, also for those that Python takes for numbers that are none."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        if math.isnan(seconds):
            self.fail(_("{value!r} is not a number of seconds, such as 90").format(value=value), param, ctx)
        return float(super().convert(seconds, param, ctx))


AGAINST = click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="SOURCE",
    help="The posts that OUT was converted from, a folder or a file  [default: what the manifest in OUT says]",
)
RENDERER = click.option(
    "--renderer",
    type=click.Choice(RENDERERS),
    default=RENDERERS[0],
    show_default=True,
    help="The renderer that the check uses to render the Markdown; `auto`: cmark-gfm where it is enough.",
)
JOBS = click.option(
    "-j", "--jobs", type=WholeNumber(min=1), metavar="N", help="Number of processes  [default: one for each core]"
)


RULES = click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Rows of your own for sites: a TOML file with [[site]] tables (also in .csdn2md.toml).",
)


class Size(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions of click only
    """A number of bytes, written as `64MB`."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes; fail for any other text."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d+)\s*([kmg]?)(i?b)?", value.strip().lower())
        if match is None:
            self.fail(_("{value!r} is not a size, such as 64MB").format(value=value), param, ctx)
        return int(match[1]) * UNITS[match[2]]


class SettingText(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions of click only
    """A text that a conversion setting accepts."""

    def __init__(self, setting: Setting) -> None:
        self.name = setting.metavar
        self._setting = setting

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text; fail where the setting does not accept it."""
        if not self._setting.accepts(value):
            allowed = translated(self._setting.allowed_string)
            self.fail(_("{value!r} is not {allowed}").format(value=value, allowed=allowed), param, ctx)
        return str(value)


def conversion_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each conversion setting; the command gets those that are given as `settings`."""

    @wraps(command)
    def with_settings(*arguments: Any, **given: Any) -> Any:
        values = {setting.name: given.pop(setting.name) for setting in SETTINGS.values()}
        values["rules"] = given.pop("rules")
        settings = {name: value for name, value in values.items() if value is not None and value != ()}
        return command(*arguments, settings=settings, **given)

    RULES(with_settings)
    for setting in reversed(tuple(SETTINGS.values())):
        _conversion_option(setting)(with_settings)
    return with_settings


def _conversion_option(setting: Setting) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    name, default = f"--{setting.key}", setting.default
    if isinstance(default, bool):
        shown = " [default: on]" if default else ""
        return click.option(f"{name}/--no-{setting.key}", default=None, help=setting.help + shown)
    kind = click.Choice(setting.text_choices) if setting.choices else SettingText(setting)
    if isinstance(default, tuple):
        return click.option(name, type=kind, multiple=True, help=setting.help)
    shown = f" [default: {setting.text_default}]" if default else ""
    return click.option(name, type=kind, default=None, help=setting.help + shown)


def options_in_force(settings: Settings, sources: Sequence[str], out: str = "", *, quiet: bool = True) -> Options:
    """Return the Options for sources: the command line, then the configuration file, then the defaults.

    out: the output, around which a site or vault is looked for; empty for the folder of the sources.
    quiet: do not print which flavor was chosen for it.  Raises click.UsageError for an invalid configuration file.
    """
    from converter.model import OptionError
    from converter.options.files import options_for

    try:
        return options_for(sources, settings, out, on_project=None if quiet else _print_project)
    except OptionError as error:
        raise click.UsageError(str(error)) from None


def _print_project(project: FoundProject) -> None:
    from converter.batch.names import shown

    file = shown(os.path.relpath(project.path))
    line = _("flavor: {flavor}, because of {file} (--flavor chooses another)")
    click.echo(line.format(flavor=project.flavor, file=file), err=True)


def require_renderer(name: str) -> None:
    """Raise click.UsageError if a renderer is not installed."""
    from converter.verify import RendererError
    from converter.verify.renderers import render

    try:
        render("", name)
    except RendererError as error:
        raise click.UsageError(str(error)) from None

"""`csdn2md config`: print the settings in force."""

from __future__ import annotations

import click

from converter.cli.parameters import Settings, conversion_options
from converter.translation import _


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True), metavar="[FILE...]")
@conversion_options
def config(files: tuple[str, ...], settings: Settings) -> None:
    """Print the settings in force for FILEs (or for the current folder), and where each value comes from."""
    from converter.model import OptionError
    from converter.options.files import find, project_around, settings_in_force, shared_folder
    from converter.options.settings import RUN_SETTINGS, SETTINGS, toml_value

    try:
        found = find(files)
        rows = settings_in_force(found, settings)
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    project = project_around(shared_folder(list(files)))
    here = _(": here {flavor}, because of {path}")
    chosen = here.format(flavor=project.flavor, path=project.path) if project else ""
    lines = [
        (
            f"{row.key} = {toml_value(row.value)}",
            row.origin + (chosen if row.value == SETTINGS[row.key].deferred else ""),
        )
        for row in rows
    ]
    run = {key: value for key, value in (found.values or {}).items() if key in RUN_SETTINGS}
    lines += [(f"{key} = {toml_value(value)}", str(found.path)) for key, value in run.items()]
    lines += [(f"site = {toml_value(site.name)}", str(found.path)) for site in found.sites]
    width = max(len(line) for line, _ in lines)
    for line, origin in lines:
        click.echo(f"{line:<{width}}  # {origin}")

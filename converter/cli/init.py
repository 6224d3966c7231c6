"""`csdn2md init`: ask how to convert, and write the answers to a configuration file."""

from __future__ import annotations

from pathlib import Path

import click

from converter.cli.errors import Failure, os_error_message
from converter.cli.help import GroupedCommand
from converter.options.flavors import FLAVORS
from converter.translation import _

FLAVOR_CHOICES = ("auto", *FLAVORS)
IMAGE_CHOICES = ("keep", "download")
LINK_CHOICES = ("keep", "relative", "jekyll", "hugo")


@click.command(
    cls=GroupedCommand,
    examples=(
        ("csdn2md init", "Ask each question"),
        ("csdn2md init posts --flavor hugo --images download --links hugo", "Ask nothing"),
    ),
)
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--flavor", type=click.Choice(FLAVOR_CHOICES), help="What will render the Markdown; auto: found by itself."
)
@click.option("--images", type=click.Choice(IMAGE_CHOICES),
              help="Keep the addresses of images, or download them into the output folder.")  # fmt: skip
@click.option("--links", type=click.Choice(LINK_CHOICES),
              help="Keep links between posts, or make them local: relative paths, or for Jekyll or Hugo.")  # fmt: skip
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take the default of each question without an answer.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(folder: Path, flavor: str | None, images: str | None, links: str | None, yes: bool, force: bool) -> None:
    """Ask how to convert the posts in FOLDER (by default the current one), and write .csdn2md.toml there."""
    from converter.options.files import OWN_FILE, project_around

    path = folder / OWN_FILE
    if path.exists() and not force:
        raise Failure(_("{path}: exists already: edit it, or replace it with --force").format(path=path))
    project = project_around(folder)
    if project:
        found = _("found {file}: this is a {flavor} project")
        click.echo(found.format(file=project.path.name, flavor=project.flavor))
    flavor = flavor or _answer(_("What will render the posts?"), FLAVOR_CHOICES, "auto", yes=yes)
    images = images or _answer(_("What to do with images?"), IMAGE_CHOICES, "keep", yes=yes)
    links = links or _answer(_("What to do with links between posts?"), LINK_CHOICES, "keep", yes=yes)
    try:
        path.write_text(content(flavor, images, links), "utf-8", newline="\n")
    except OSError as error:
        raise Failure(os_error_message(error, str(path))) from None
    click.echo(_("wrote {path}").format(path=path))
    click.echo(_("next: csdn2md convert POSTS -o OUT --dry-run shows what would happen"))


def _answer(question: str, choices: tuple[str, ...], default: str, *, yes: bool) -> str:
    """Return the answer to a question; the default without asking if ``yes``."""
    if yes:
        return default
    try:
        answer: str = click.prompt(question, type=click.Choice(choices), default=default)
    except click.Abort as error:
        if isinstance(error.__context__, EOFError):
            click.echo(err=True)
            hint = _("no answer: --yes takes the defaults; --flavor, --images and --links answer the questions")
            raise click.UsageError(hint) from None
        raise
    return answer


def content(flavor: str, images: str, links: str) -> str:
    """Return the configuration file that the answers make; what is kept as it is has no line."""
    lines = [
        _("# How csdn2md converts the posts in this folder and below it (csdn2md config prints what is in force)."),
        _("# Any option of csdn2md convert may stand here under its long name."),
        f'flavor = "{flavor}"',
    ]
    if images == "download":
        lines.append('assets = "download"  # ' + _("needs the package httpx"))
    if links != "keep":
        lines.append(f'link-local = "{links}"')
    return "\n".join(lines) + "\n"

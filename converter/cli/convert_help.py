"""`csdn2md convert`: the groups and examples of `--help`, and options that need another."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import click
from click.core import ParameterSource

from converter.cli.help import GroupedCommand
from converter.cli.options_from_file import apply_configuration
from converter.options.settings import SETTINGS
from converter.translation import _

GROUPS = {
    "What to read": ("files-from", "base", "null", "path-field", "content-field", "max-size"),
    "What to write": (
        "out", "in-place", "delete-source", "check", "diff", "dry-run", "force", "prune", "on-collision", "report",
        "manifest",
    ),
    "What the Markdown looks like": (*SETTINGS, "rules"),
    "Proof": ("verify", "strict", "renderer", "fail-on"),
    "Images and links": (
        "assets", "assets-dir", "assets-layout", "assets-base", "allow-private", "link-local", "redirects", "permalink",
    ),
    "How it runs": ("jobs", "timeout", "quiet", "verbose", "engine", "scheduler", "help"),
}  # fmt: skip
"""The options of `convert` as `--help` groups them; the rarely needed stand last in their group."""

EXAMPLES = (
    ("csdn2md convert posts -o converted --verify", "Convert a folder, and check each result"),
    ("csdn2md convert page.html > page.md", "Convert one saved page"),
    ("csdn2md convert _posts --in-place --flavor jekyll", "Rewrite the posts of a Jekyll site"),
)

NEEDS = {
    "delete_source": ("in_place", "--in-place"),
    "prune": ("target", "-o"),
    "base": ("files_from", "--files-from"),
    "null_separated": ("files_from", "--files-from"),
    "strict": ("verify", "--verify"),
    "renderer": ("verify", "--verify"),
    "assets_dir": ("assets", "--assets"),
    "assets_layout": ("assets", "--assets"),
    "assets_base": ("assets", "--assets"),
    "allow_private": ("assets", "--assets"),
    "permalink": ("redirects", "--redirects"),
    "scheduler": ("engine", "--engine dask"),
}
"""Options that do nothing alone: the parameter that each needs, and how that is written."""


class ConvertCommand(GroupedCommand):
    """The command `convert`: reads `--verify=strict` as `--verify --strict`, and refuses options that do nothing."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; click.UsageError for an option that does nothing without another."""
        rest = super().parse_args(ctx, _with_proof_flags(args, ctx))
        if not ctx.resilient_parsing:
            apply_configuration(ctx)
            _refuse_idle_options(ctx)
        return rest


def _with_proof_flags(args: list[str], ctx: click.Context) -> list[str]:
    """Return the arguments with `--verify=strict` as two flags; click.UsageError for `--verify strict`.

    A file with the name `strict` is a source.
    """
    flags = {"--verify=strict": ("--verify", "--strict"), "--verify=report": ("--verify",)}
    for word, following in pairwise(args):
        if word == "--verify" and following == "strict" and not Path(following).exists():
            raise click.UsageError(_("--verify takes no value: write --verify --strict"), ctx)
    return [flag for word in args for flag in flags.get(word, (word,))]


def _refuse_idle_options(ctx: click.Context) -> None:
    for name, (needed, words) in NEEDS.items():
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE and not _is_given(ctx, needed):
            option = next(param.opts[0] for param in ctx.command.params if param.name == name)
            raise click.UsageError(_("{option} does nothing without {needed}").format(option=option, needed=words), ctx)


def _is_given(ctx: click.Context, name: str) -> bool:
    """Return whether an option has another value than its default."""
    default = next(param.default for param in ctx.command.params if param.name == name)
    value = ctx.params[name]
    return bool(value) and value != default

"""The command line of the hooks, made from the table of settings (``argparse`` starts in a third of click's time)."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace

from converter.options.settings import SETTINGS, Setting, Value


def parser() -> ArgumentParser:
    """A parser of ``csdn2md-hook``'s arguments."""
    made = ArgumentParser("csdn2md-hook", description="Convert posts that still hold a blog's HTML, in place.")
    modes = made.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true", help="change nothing; say which posts would be fixed")
    modes.add_argument("--verify", action="store_true", help="prove changed posts against the HTML in git's HEAD")
    made.add_argument("--delete-source", action="store_true", help="remove an .html when its .md is written")
    for setting in SETTINGS.values():
        _add(made, setting)
    made.add_argument("files", nargs="*", metavar="FILE")
    return made


def _add(made: ArgumentParser, setting: Setting) -> None:
    name, help_text = f"--{setting.key}", setting.help
    if isinstance(setting.default, bool):
        made.add_argument(name, action=BooleanOptionalAction, default=None, help=help_text)
        return
    action = "append" if isinstance(setting.default, tuple) else "store"
    made.add_argument(
        name, action=action, choices=setting.choices or None, metavar=None if setting.choices else setting.metavar,
        help=help_text,
    )  # fmt: skip


def given(wanted: Namespace) -> dict[str, Value]:
    """The conversion options that the command line names; OptionError for a value that none may have."""
    values = {setting: getattr(wanted, setting.name) for setting in SETTINGS.values()}
    return {
        setting.name: setting.checked(value, f"--{setting.key}")
        for setting, value in values.items()
        if value is not None
    }

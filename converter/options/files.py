"""Find, read and check the configuration file, and work out the options from it and the command line.

It is ``.csdn2md.toml``, or ``pyproject.toml`` with a table ``[tool.csdn2md]``, in the folder of the
sources or above it.  The nearest file is used; of the two in one folder, ``.csdn2md.toml``.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.model import OptionError
from converter.options import Options
from converter.options.flavors import PROJECTS, Project
from converter.options.settings import RUN_SETTINGS, SETTINGS, Value, checked_run_value

if TYPE_CHECKING:
    from converter.sites.record import Site

OWN_FILE = ".csdn2md.toml"
PROJECT_FILE = "pyproject.toml"
TABLE = "tool.csdn2md"
SITE_KEY = "site"
"""The key of sites of a user's own (``own_sites``)."""
RULES = "rules"
"""The name that the command line gives files with such sites."""

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """A configuration file and its values by key, checked, and its own sites.  If there is none, the two are None."""

    path: Path | None = None
    values: Mapping[str, Value] | None = None
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """The value of a setting in force, and who set it.

    origin: ``default``, ``command line``, or the path of the configuration file.
    """

    key: str
    value: Value
    origin: str


def find(sources: Iterable[str | os.PathLike[str]]) -> ConfigurationFile:
    """Return the configuration file for sources: the nearest one, upward from the folder that they share.

    Without sources the search begins in the current folder.  Raises OptionError, with file and key, for
    a file that is not TOML, an unknown key or a value that is not allowed.
    """
    start = shared_folder([os.fspath(source) for source in sources])
    for folder in (start, *start.parents):
        for path, table in ((folder / OWN_FILE, ""), (folder / PROJECT_FILE, TABLE)):
            content = _read(path)
            if content is None:
                continue
            values = parsed(content, str(path), table)
            if values is not None:
                return ConfigurationFile(path, values, sites_in(content, str(path), table))
    return ConfigurationFile()


def shared_folder(sources: list[str]) -> Path:
    """Return the absolute path of the folder that all sources are in; a source may be that folder itself."""
    paths = [Path(os.path.abspath(source)) for source in sources]  # noqa: PTH100 resolve() would follow a symbolic link
    folders = [path if os.path.isdir(path) else path.parent for path in paths]  # noqa: PTH112 a name may be too long
    try:
        return Path(os.path.commonpath(folders)) if folders else Path.cwd()
    except ValueError:  # on different drives
        return Path.cwd()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OptionError(f"{path}: {error.strerror or error}") from error


def parsed(content: bytes, file: str, table: str = "") -> dict[str, Value] | None:
    """Return the values of a configuration file by key; None if it does not have the table.

    table: the dotted name of the table to read; empty for the top level.  Raises OptionError as ``find`` does.
    """
    values = _table(content, file, table)
    if values is None:
        return None
    return {key: _checked(key, value, file, table) for key, value in values.items() if key != SITE_KEY}


def sites_in(content: bytes, file: str, table: str = "") -> tuple[Site, ...]:
    """Return the sites of a user's own in a TOML file; the arguments and errors are those of ``parsed``."""
    values = _table(content, file, table) if SITE_KEY.encode() in content else None
    if not values or SITE_KEY not in values:
        return ()
    from converter.options.own_sites import own_sites  # few have any, and every start would pay

    return own_sites(values[SITE_KEY], file, content.decode())


def _table(content: bytes, file: str, table: str) -> dict[str, Any] | None:
    """Return the values of a table of a TOML file, not checked; None if it does not have the table."""
    if table and b"csdn2md" not in content:
        return None
    try:
        values = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise OptionError(f"{file}: is not in UTF-8: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise OptionError(f"{file}: is not valid TOML: {error}") from error
    for name in table.split(".") if table else ():
        inner = values.get(name)
        if inner is None:
            return None
        if not isinstance(inner, dict):
            raise OptionError(f"{file}: {table}: must be a table")
        values = inner
    return values


def sites_in_force(found: ConfigurationFile, rules: Sequence[str]) -> tuple[Site, ...]:
    """Return the sites of a user's own: those of some files of rules, then those of the configuration file.

    Raises OptionError for a file of rules that cannot be read, or holds anything else.
    """
    sites: list[Site] = []
    for name in rules:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise OptionError(f"{name}: {error.strerror or error}") from error
        if unknown := set(_table(content, name, "") or ()) - {SITE_KEY}:
            raise OptionError(f"{name}: {min(unknown)}: unknown key: allowed are {SITE_KEY}")
        sites += sites_in(content, name)
    return (*sites, *found.sites)


def _checked(key: str, value: object, file: str, table: str) -> Value:
    source = f"{file}: {table}.{key}" if table else f"{file}: {key}"
    setting = SETTINGS.get(key)
    if setting is not None:
        return setting.checked(value, source)
    if key in RUN_SETTINGS:
        return checked_run_value(key, value, source)
    allowed = (*SETTINGS, *RUN_SETTINGS, SITE_KEY)
    near = difflib.get_close_matches(key.replace("_", "-"), allowed, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise OptionError(f"{source}: unknown key: {hint}allowed are {', '.join(allowed)}")


def settings_in_force(found: ConfigurationFile, given: Mapping[str, Value]) -> list[SettingInForce]:
    """Return every setting with its value: the command line wins, then the file, then the default.

    given: what the command line says, by the names of Options' fields, checked.
    """
    from_file = found.values or {}
    rows = []
    for key, setting in SETTINGS.items():
        if setting.name in given:
            rows.append(SettingInForce(key, given[setting.name], COMMAND_LINE))
        elif key in from_file:
            rows.append(SettingInForce(key, from_file[key], str(found.path)))
        else:
            rows.append(SettingInForce(key, setting.text_default, DEFAULT))
    return rows


@dataclass(frozen=True, slots=True)
class FoundProject:
    """The project around an output: its flavor, and the file or folder that it is recognised by."""

    flavor: str
    path: Path


def options_for(
    sources: Sequence[str | os.PathLike[str]],
    given: Mapping[str, Value],
    out: str | os.PathLike[str] = "",
    *,
    on_project: Callable[[FoundProject], object] | None = None,
) -> Options:
    """Return the Options for sources: from the command line, the configuration file and the defaults.

    given: as for ``settings_in_force``.  out: the output folder or file; empty for the folder of the sources.
    on_project: called with the project whose flavor was chosen.  Raises OptionError as ``find`` does.
    """
    found = find(sources)
    values: dict[str, Any] = {SETTINGS[row.key].name: row.value for row in settings_in_force(found, given)}
    setting = SETTINGS["flavor"]
    if values[setting.name] == setting.deferred:
        project = project_around(out or shared_folder([os.fspath(source) for source in sources]))
        values[setting.name] = project.flavor if project else setting.default
        if project and on_project:
            on_project(project)
    return Options(**values, sites=sites_in_force(found, given.get(RULES, ())))  # type: ignore[arg-type]


def project_around(out: str | os.PathLike[str]) -> FoundProject | None:
    """Return the project that a file or folder is in, None for none: the nearest folder that PROJECTS recognises.

    The search ends at the root of a git repository, and below the user's home folder.  A URL is in no project.
    """
    if "://" in os.fspath(out):
        return None
    start = Path(os.path.abspath(out))  # noqa: PTH100 resolve() would follow a symbolic link
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 Path.home() fails where there is none
    for folder in (start, *start.parents):
        if folder == home:
            return None
        for row in PROJECTS:
            if _recognises(row, folder):
                return FoundProject(row.flavor, folder / row.name)
        if os.path.exists(folder / ".git"):  # noqa: PTH110
            return None
    return None


def _recognises(row: Project, folder: Path) -> bool:
    path = folder / row.name
    try:
        if not path.exists() or (row.beside and not any((folder / name).exists() for name in row.beside)):
            return False
        return not row.word or row.word.encode() in path.read_bytes().lower()
    except OSError:
        return False

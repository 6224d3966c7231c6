"""Configuration files: found, read and checked, and what is in force worked out from them.

``.csdn2md.toml``, or the table ``[tool.csdn2md]`` of ``pyproject.toml``, in the folder of the sources
or above it: the nearest one holds, and of two in one folder the first named.  Finding and reading it
touches the disk; all the rest is values.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from converter.model import OptionError
from converter.options import Options
from converter.options.settings import SETTINGS, Value, options_of

OWN_FILE = ".csdn2md.toml"
PROJECT_FILE = "pyproject.toml"
TABLE = "tool.csdn2md"

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Found:
    """A configuration file and what it sets, by key, checked.  No file: ``path`` is None."""

    path: Path | None = None
    values: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting's value and who set it: ``default``, ``command line``, or the path of a file."""

    key: str
    value: Value
    origin: str


def find(sources: Iterable[str | os.PathLike[str]]) -> Found:
    """The configuration that holds for sources: the nearest upward from the folder that they share.

    Without sources, from the current folder.  OptionError, with file and key, for a file that is no
    TOML, an unknown key or a wrong value.
    """
    start = shared_folder([os.fspath(source) for source in sources])
    for folder in (start, *start.parents):
        for path, table in ((folder / OWN_FILE, ""), (folder / PROJECT_FILE, TABLE)):
            content = _read(path)
            if content is None:
                continue
            values = parsed(content, str(path), table)
            if values is not None:
                return Found(path, values)
    return Found()


def shared_folder(sources: list[str]) -> Path:
    """The folder that all sources are in, absolute; a source that is a folder counts as such."""
    paths = [Path(os.path.abspath(source)) for source in sources]  # noqa: PTH100 a link's own folder counts
    folders = [path if path.is_dir() else path.parent for path in paths]
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
    """What a configuration file sets; None where it has no such table.

    Raises OptionError as ``find`` does.
    """
    if table and b"csdn2md" not in content:
        return None
    try:
        values = tomllib.loads(content.decode())
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise OptionError(f"{file}: is not valid TOML: {error}") from error
    for name in table.split(".") if table else ():
        inner = values.get(name)
        if inner is None:
            return None
        if not isinstance(inner, dict):
            raise OptionError(f"{file}: {table}: must be a table")
        values = inner
    return {key: _checked(key, value, file, table) for key, value in values.items()}


def _checked(key: str, value: object, file: str, table: str) -> Value:
    place = f"{file}: {table}.{key}" if table else f"{file}: {key}"
    setting = SETTINGS.get(key)
    if setting is None:
        near = difflib.get_close_matches(key.replace("_", "-"), SETTINGS, 1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise OptionError(f"{place}: unknown key: {hint}allowed are {', '.join(SETTINGS)}")
    try:
        return setting.checked(value)
    except OptionError as error:
        raise OptionError(f"{place}: {error}") from None


def in_force(found: Found, given: Mapping[str, Value]) -> list[InForce]:
    """Every setting with its value: the command line wins, then the file, then the default.

    given: what the command line says, by the names of Options' fields, checked.
    """
    from_file = found.values or {}
    rows = []
    for key, setting in SETTINGS.items():
        if setting.name in given:
            rows.append(InForce(key, given[setting.name], COMMAND_LINE))
        elif key in from_file:
            rows.append(InForce(key, from_file[key], str(found.path)))
        else:
            rows.append(InForce(key, setting.default, DEFAULT))
    return rows


def options_for(sources: Iterable[str | os.PathLike[str]], given: Mapping[str, Value]) -> Options:
    """The Options in force for sources, under what the command line gives.  OptionError as for ``find``."""
    rows = in_force(find(sources), given)
    return options_of({SETTINGS[row.key].name: row.value for row in rows})

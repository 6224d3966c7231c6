"""Options, and the table of the settings behind it.

SETTINGS has one row for each option that can be written as text.  The command line, the configuration
files and the hook make their options from these rows, and Options checks itself by them: there is one
place that says what an option may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from converter.model import OptionError
from converter.options.flavors import FLAVORS

if TYPE_CHECKING:
    from converter.sites.record import Site

Value: TypeAlias = bool | str | int | float | tuple[str, ...]
"""The value of a setting: a switch, a string, a number, or a list of strings."""

HeadingStyle: TypeAlias = Literal["atx", "atx_closed", "underlined"]
NewlineStyle: TypeAlias = Literal["spaces", "backslash"]
Assume: TypeAlias = Literal["auto", "html", "post"]
Toc: TypeAlias = Literal["drop", "keep"]
Drawings: TypeAlias = Literal["keep", "drop"]
Comments: TypeAlias = Literal["drop", "section", "data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to convert.  A name that markdownify has too means the same as there.

    A list given for a tuple becomes a tuple.  Raises OptionError, which names the option and says what
    is allowed, for any value that the option may not hold.

    flavor: the name of a row of ``flavors.FLAVORS``: the program that will render the Markdown.
    assume: ``html`` or ``post`` says what the source is; with ``auto`` its content decides.
    title_heading: write the page's own title as a heading of level 1 above the article.
    toc: ``keep`` keeps tables of contents that the site generated; ``drop`` removes them.
    drawings: ``keep`` keeps drawings (SVG) as images: as files beside the post where files are written, else as
        ``data:`` URLs; ``drop`` removes them.
    comments: ``section`` writes the comments of readers, where a page has them, below the article, ``data`` as data.
    original_url: add the article's URL to the front matter if no key there has it.
    original_title: add the page's own title to the front matter if the title there is another.
    heading_style, bullets, strong_em_symbol, newline_style: as in markdownify, in lower case.
    code_language: info string of code blocks for which the page names no language.
    guess_language: name the language of such code blocks where its signs are clear.
    add: keys to add to the front matter where they are missing: ``math`` (``math: true``, if the
        article has formulas) and ``tags`` (the page's own tags).
    rename: front matter keys to rename, each as ``old:new``.
    drop: front matter keys to remove.
    restore_title: put the page's own title where the front matter has another.
    repair_front_matter: correct what YAML loaders reject, by the smallest possible edit.
    sites: sites of your own, whose rows are asked before those of csdn2md: each a dict with the fields of a
        ``[[site]]`` table (docs/configuration.md).
    code_language_callback: called with the ``pre`` Tag of each code block; returns the language, or
        None to keep the one that the page names.
    """

    flavor: str = "gfm"
    assume: Assume = "auto"
    title_heading: bool = False
    toc: Toc = "drop"
    drawings: Drawings = "keep"
    comments: Comments = "drop"
    original_url: bool = True
    original_title: bool = True
    heading_style: HeadingStyle = "atx"
    bullets: str = "-"
    strong_em_symbol: Literal["*", "_"] = "*"
    newline_style: NewlineStyle = "spaces"
    code_language: str = ""
    guess_language: bool = False
    add: tuple[str, ...] = ()
    rename: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    restore_title: bool = False
    repair_front_matter: bool = False
    sites: tuple[Site, ...] = ()
    code_language_callback: Callable[..., str | None] | None = None

    def __post_init__(self) -> None:
        """Check every field by its row of SETTINGS."""
        for setting in SETTINGS.values():
            object.__setattr__(self, setting.name, setting.checked(getattr(self, setting.name)))
        object.__setattr__(self, "sites", _checked_sites(self.sites))
        callback = self.code_language_callback
        if not (callback is None or callable(callback)):
            raise OptionError(f"code_language_callback: must be a function or None, not {callback!r}")


def _checked_sites(sites: object) -> tuple[Site, ...]:
    """Return sites as records; OptionError for anything that is neither a record nor a table of one."""
    if sites == ():
        return ()
    from converter.options.own_sites import own_sites  # few have any, and every start would pay
    from converter.sites.record import Site

    given = list(sites) if isinstance(sites, (list, tuple)) else sites
    if isinstance(given, list) and all(isinstance(site, Site) for site in given):
        return tuple(given)
    return own_sites(given, "options")


def require_options(value: object) -> None:
    """Raise TypeError if a value that was given as ``options`` is not an Options."""
    if not isinstance(value, Options):
        raise TypeError(
            f"options: must be an Options, as in options=Options(flavor='hugo'), not {type(value).__name__}"
        )


_DEFAULTS: Mapping[str, Any] = MappingProxyType({field.name: field.default for field in fields(Options)})


@dataclass(frozen=True, slots=True)
class Setting:
    """One option that can be given as text.

    name: the field of Options.
    help: one sentence for ``--help``.
    choices: the strings that are allowed (for a list: each of its strings); empty if a pattern decides.
    pattern: a regular expression that such a string must match; empty if every string is allowed.
    shape: the pattern in words, for error messages.
    metavar: the placeholder of the value in ``--help``.
    deferred: a string that the command line and configuration files may give (and give by default) in place
        of a choice, which is then made when the output is known; Options has the choice itself.
    """

    name: str
    help: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    shape: str = "text"
    metavar: str = "TEXT"
    deferred: str = ""

    @property
    def key(self) -> str:
        """Return its name in a configuration file and, after ``--``, on the command line."""
        return self.name.replace("_", "-")

    @property
    def default(self) -> Value:
        """Return the default of the field of Options."""
        value: Value = _DEFAULTS[self.name]
        return value

    @property
    def text_default(self) -> Value:
        """Return the default on the command line and in configuration files."""
        return self.deferred or self.default

    @property
    def text_choices(self) -> tuple[str, ...]:
        """Return the strings that are allowed on the command line and in configuration files."""
        return (self.deferred, *self.choices) if self.deferred else self.choices

    @property
    def allowed(self) -> str:
        """Return what the value may be, in words."""
        if isinstance(self.default, bool):
            return "true or false"
        return f"a list, each {self.allowed_string}" if isinstance(self.default, tuple) else self.allowed_string

    @property
    def allowed_string(self) -> str:
        """Return what the string (or each string of the list) may be, in words."""
        return f"one of {', '.join(map(toml_string, self.choices))}" if self.choices else self.shape

    def checked(self, value: object, source: str = "") -> Value:
        """Return the value in the type of Options' field: a list becomes a tuple.

        source: the file and key that give the value, which may be deferred; empty for a field of Options.

        Raises OptionError for a value that is not allowed.
        """
        if source and self.deferred and value == self.deferred:
            return self.deferred
        default = self.default
        if isinstance(default, bool):
            if isinstance(value, bool):
                return value
        elif isinstance(default, tuple):
            if isinstance(value, (list, tuple)) and all(self.accepts(string) for string in value):
                return tuple(value)
        elif isinstance(value, str) and self.accepts(value):
            return value
        also = f", or {toml_string(self.deferred)}" if source and self.deferred else ""
        raise OptionError(f"{source or self.name}: must be {self.allowed}{also}, not {toml_value(value)}")

    def accepts(self, string: object) -> bool:
        """Return whether the setting may hold a string, or have it in its list."""
        if not isinstance(string, str):
            return False
        if self.choices:
            return string in self.choices
        return not self.pattern or re.fullmatch(self.pattern, string) is not None


def toml_string(value: str) -> str:
    """Return a string as TOML writes it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def toml_value(value: object) -> str:
    """Return a value as TOML writes it; one that no setting can hold as Python writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return toml_string(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return str(value) if isinstance(value, (int, float)) else repr(value)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        row.key: row
        for row in (
            Setting(
                "flavor", "The program that will render the Markdown; auto: that of the project around the output, "
                "or gfm.", tuple(FLAVORS), deferred="auto",
            ),
            Setting("assume", "What every source is; with auto, its content decides.", ("auto", "html", "post")),
            Setting("title_heading", "Write the page's title as a heading above the article."),
            Setting("toc", "Drop or keep tables of contents that the site generated.", ("drop", "keep")),
            Setting(
                "drawings", "Keep drawings (SVG) as files beside the post (on stdout as data: images), or drop them.",
                ("keep", "drop"),
            ),
            Setting(
                "comments", "Drop the comments of readers that a saved page has, or write them as a section below the "
                "article, or to files of data (_data/comments).", ("drop", "section", "data"),
            ),
            Setting("original_url", "Add the article's URL to the front matter if no key there has it."),
            Setting("original_title", "Add the page's own title to the front matter if the title there is another."),
            Setting("heading_style", "How headings are written.", ("atx", "atx_closed", "underlined")),
            Setting(
                "bullets", 'List markers, one for each depth: "-", "+" or "*".',
                pattern="[-+*]+", shape='one or more of "-", "+" and "*"',
            ),
            Setting("strong_em_symbol", "The character that marks emphasis.", ("*", "_")),
            Setting("newline_style", "How a hard line break is written.", ("spaces", "backslash")),
            Setting(
                "code_language", "Language of code blocks for which the page names none.",
                pattern=r"[^\s`~{}]*", shape='one word without "`", "~", "{" and "}"', metavar="NAME",
            ),
            Setting("guess_language", "Name the language of such code blocks where its signs are clear."),
            Setting(
                "add", "Add a front matter key where it is missing: math (math: true, if there are formulas), tags, "
                "kind (original, reprint, translation), license, source (of a reprint), column: what the page says.",
                ("math", "tags", "kind", "license", "source", "column"),
            ),
            Setting(
                "rename", "Rename a front matter key.",
                pattern=r"[^\s:]+:[^\s:]+", shape="OLD:NEW, as in date:created", metavar="OLD:NEW",
            ),
            Setting(
                "drop", "Remove a front matter key.",
                pattern=r"[^\s:]+", shape="a key without spaces and colons", metavar="KEY",
            ),
            Setting("restore_title", "Put the page's own title where the front matter has another."),
            Setting("repair_front_matter", "Correct front matter that YAML loaders reject, by the smallest edit."),
        )
    }
)  # fmt: skip
"""The rows by key, in the order of ``--help`` and of the documentation."""

RUN_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            """in-place delete-source check diff dry-run null verify strict force prune quiet verbose
            allow-private""".split(), "true or false",
        ),
        **dict.fromkeys(("files-from", "report", "redirects"), "a list of texts"),
        **dict.fromkeys(("jobs", "timeout"), "a number"),
        **dict.fromkeys(
            """out base path-field content-field renderer fail-on on-collision max-size engine scheduler manifest assets
            assets-dir assets-layout assets-base link-local permalink""".split(), "a text",
        ),
    }
)  # fmt: skip
"""The other options of `convert`, which a configuration file may hold too, each with what its value must be.

The command line checks such a value as if it were given there; the hooks and the library do not read it.
"""


def checked_run_value(key: str, value: object, source: str) -> Value:
    """Return the value of an option of RUN_SETTINGS, a list as a tuple; OptionError where its type is wrong."""
    wanted = RUN_SETTINGS[key]
    if wanted == "true or false" and isinstance(value, bool):
        return value
    if wanted == "a text" and isinstance(value, str):
        return value
    if wanted == "a number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if wanted == "a list of texts" and isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    raise OptionError(f"{source}: must be {wanted}, not {toml_value(value)}")

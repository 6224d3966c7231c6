"""The settings that say how to convert: one row for each, for the command line, configuration files and hooks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Literal, TypeAlias

from converter.model import OptionError
from converter.options.flavors import FLAVORS

Value: TypeAlias = bool | str | tuple[str, ...]
"""What a setting holds: a switch, a word, or a list of words."""

HeadingStyle: TypeAlias = Literal["atx", "atx_closed", "underlined"]
NewlineStyle: TypeAlias = Literal["spaces", "backslash"]
Assume: TypeAlias = Literal["auto", "html", "post"]
Toc: TypeAlias = Literal["drop", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to convert.  Names that markdownify has mean what they mean there.

    flavor: name of a row of ``flavors.FLAVORS``: what the Markdown will be rendered by.
    assume: ``html`` or ``post`` where the content shall not decide what a source is.
    title_heading: write the page's own title as ``# ...`` above the article.
    toc: ``keep`` keeps generated tables of contents.
    original_url: add the article's address to the front matter where it names none.
    heading_style, bullets, strong_em_symbol, newline_style: as in markdownify, in lower case.
    code_language: info string of code blocks that declare none.
    add: what to add to the front matter where it has no such key: ``math`` (``math: true``, where there
        are formulas), ``tags`` (the page's own).
    rename, drop: front matter keys to rename (``old:new``) and to drop.
    restore_title: put the page's own title where the front matter has another.
    repair_front_matter: mend what YAML loaders reject, by the smallest edit.
    code_language_callback: takes a ``pre`` Tag, gives its language (or None: as declared).
    """

    flavor: str = "gfm"
    assume: Assume = "auto"
    title_heading: bool = False
    toc: Toc = "drop"
    original_url: bool = True
    heading_style: HeadingStyle = "atx"
    bullets: str = "-"
    strong_em_symbol: Literal["*", "_"] = "*"
    newline_style: NewlineStyle = "spaces"
    code_language: str = ""
    add: tuple[str, ...] = ()
    rename: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    restore_title: bool = False
    repair_front_matter: bool = False
    code_language_callback: Callable[..., str | None] | None = None


DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of Options.

    choices: the words it may hold (each of its words, for a list); empty for words of any kind.
    pattern, shape: what such a word must match, and that in words.
    """

    name: str
    help: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    shape: str = "text"
    metavar: str = "TEXT"

    @property
    def key(self) -> str:
        """Its name in a configuration file and, behind ``--``, on the command line."""
        return self.name.replace("_", "-")

    @property
    def default(self) -> Value:
        """What holds where nobody says anything."""
        value: Value = getattr(DEFAULTS, self.name)
        return value

    @property
    def allowed(self) -> str:
        """What it may hold, in words."""
        if isinstance(self.default, bool):
            return "true or false"
        return f"a list, each {self.word}" if isinstance(self.default, tuple) else self.word

    @property
    def word(self) -> str:
        """What its word, or each of its words, may be, in words."""
        return f"one of {', '.join(map(quoted, self.choices))}" if self.choices else self.shape

    def checked(self, value: object) -> Value:
        """The value as Options takes it; OptionError, without a place, if it is not allowed."""
        default = self.default
        if isinstance(default, bool):
            if isinstance(value, bool):
                return value
        elif isinstance(default, tuple):
            if isinstance(value, (list, tuple)) and all(self.takes(word) for word in value):
                return tuple(value)
        elif isinstance(value, str) and self.takes(value):
            return value
        raise OptionError(f"must be {self.allowed}, not {shown(value)}")

    def takes(self, word: object) -> bool:
        """Whether it may hold a word, or have it in its list."""
        if not isinstance(word, str):
            return False
        if self.choices:
            return word in self.choices
        return not self.pattern or re.fullmatch(self.pattern, word) is not None


def quoted(word: str) -> str:
    """A string as TOML writes it."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shown(value: object) -> str:
    """A value as TOML writes it (one that is no setting's: as Python does)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(shown, value)) + "]"
    return repr(value)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        row.key: row
        for row in (
            Setting("flavor", "What the Markdown will be rendered by.", tuple(FLAVORS)),
            Setting("assume", "What a source is, where its content shall not decide.", ("auto", "html", "post")),
            Setting("title_heading", "Write the page's title as a heading."),
            Setting("toc", "What becomes of generated tables of contents.", ("drop", "keep")),
            Setting("original_url", "Add the article's address to the front matter where it names none."),
            Setting("heading_style", "How headings are written.", ("atx", "atx_closed", "underlined")),
            Setting(
                "bullets", "Markers of lists, by depth.", pattern="[-+*]+", shape='one or more of "-", "+" and "*"'
            ),
            Setting("strong_em_symbol", "What emphasis is written with.", ("*", "_")),
            Setting("newline_style", "How a hard line break is written.", ("spaces", "backslash")),
            Setting(
                "code_language", "Language of code blocks that declare none.",
                pattern=r"[^\s`~{}]*", shape="a word", metavar="NAME",
            ),
            Setting(
                "add", "Add to the front matter where it has no such key: math: true where there are formulas; "
                "the page's tags.", ("math", "tags"),
            ),
            Setting(
                "rename", "Rename a front matter key.",
                pattern=r"[^\s:]+:[^\s:]+", shape="OLD:NEW, as in date:created", metavar="OLD:NEW",
            ),
            Setting("drop", "Drop a front matter key.", pattern=r"[^\s:]+", shape="a key", metavar="KEY"),
            Setting("restore_title", "Put the page's own title where the front matter has another."),
            Setting("repair_front_matter", "Mend front matter that YAML loaders reject, by the smallest edit."),
        )
    }
)  # fmt: skip
"""In the order of ``--help`` and of the documentation."""


def options_of(given: Mapping[str, Value]) -> Options:
    """Options from the fields that are given; the others have their defaults."""
    known = {field.name for field in fields(Options)}
    return Options(**{name: value for name, value in given.items() if name in known})  # type: ignore[arg-type]

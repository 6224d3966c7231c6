"""Options checks itself, wherever it is made."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import Any

import pytest

from converter import Csdn2mdError, OptionError, Options, convert, convert_file, convert_folder
from converter.options.settings import SETTINGS

REFUSED: list[tuple[str, object, str]] = [
    (
        "flavor",
        "wiki",
        'must be one of "gfm", "github", "commonmark", "jekyll", "hugo", "hugo-legacy", "hexo", "obsidian", not "wiki"',
    ),
    (
        "flavor",
        "auto",
        'must be one of "gfm", "github", "commonmark", "jekyll", "hugo", "hugo-legacy", "hexo", "obsidian", not "auto"',
    ),
    ("assume", "page", 'must be one of "auto", "html", "post", not "page"'),
    ("title_heading", 1, "must be true or false, not 1"),
    ("toc", "", 'must be one of "drop", "keep", not ""'),
    ("comments", "keep", 'must be one of "drop", "section", "data", not "keep"'),
    ("original_url", None, "must be true or false, not None"),
    ("original_title", None, "must be true or false, not None"),
    ("heading_style", "ATX", 'must be one of "atx", "atx_closed", "underlined", not "ATX"'),
    ("bullets", "", 'must be one or more of "-", "+" and "*", not ""'),
    ("bullets", "-x", 'must be one or more of "-", "+" and "*", not "-x"'),
    ("drawings", "file", 'must be one of "keep", "drop", not "file"'),
    ("strong_em_symbol", "=", 'must be one of "*", "_", not "="'),
    ("newline_style", "br", 'must be one of "spaces", "backslash", not "br"'),
    ("code_language", "a b", 'must be one word without "`", "~", "{" and "}", not "a b"'),
    (
        "add",
        ("maths",),
        'must be a list, each one of "math", "tags", "kind", "license", "source", "column", not ["maths"]',
    ),
    ("add", "math", 'must be a list, each one of "math", "tags", "kind", "license", "source", "column", not "math"'),
    ("rename", ("date",), 'must be a list, each OLD:NEW, as in date:created, not ["date"]'),
    ("rename", ("a:b:c",), 'must be a list, each OLD:NEW, as in date:created, not ["a:b:c"]'),
    ("drop", ("a b",), 'must be a list, each a key without spaces and colons, not ["a b"]'),
    ("drop", (1,), "must be a list, each a key without spaces and colons, not [1]"),
    ("guess_language", "yes", 'must be true or false, not "yes"'),
    ("restore_title", "yes", 'must be true or false, not "yes"'),
    ("repair_front_matter", 0, "must be true or false, not 0"),
    ("code_language_callback", "python", "must be a function or None, not 'python'"),
]


@pytest.mark.parametrize(("name", "value", "message"), REFUSED, ids=[f"{name}={value!r}" for name, value, _ in REFUSED])
def test_a_value_that_is_not_allowed_is_refused(name: str, value: Any, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        Options(**{name: value})
    assert str(caught.value) == f"{name}: {message}"
    with pytest.raises(OptionError):
        replace(Options(), **{name: value})


def test_every_setting_has_a_value_that_is_refused() -> None:
    assert {name for name, _, _ in REFUSED} == {row.name for row in SETTINGS.values()} | {"code_language_callback"}


ALLOWED: list[tuple[str, Any]] = [
    *((row.name, choice) for row in SETTINGS.values() if isinstance(row.default, str) for choice in row.choices),
    *((row.name, not row.default) for row in SETTINGS.values() if isinstance(row.default, bool)),
    ("bullets", "*+-"),
    ("code_language", "objective-c++"),
    ("add", ("math", "tags")),
    ("rename", ("date:created", "标题:title")),
    ("drop", ("image",)),
]


@pytest.mark.parametrize(("name", "value"), ALLOWED, ids=[f"{name}={value}" for name, value in ALLOWED])
def test_a_value_that_is_allowed_is_kept(name: str, value: Any) -> None:
    assert getattr(Options(**{name: value}), name) == value


def test_a_list_becomes_a_tuple() -> None:
    given: dict[str, Any] = {"add": ["math"], "drop": ["a", "b"], "rename": []}
    options = Options(**given)
    assert (options.add, options.drop, options.rename) == (("math",), ("a", "b"), ())
    assert hash(options) == hash(Options(add=("math",), drop=("a", "b")))


def test_options_can_be_copied_and_pickled() -> None:
    options = Options(flavor="hugo", drop=("a",))
    assert copy.deepcopy(options) == pickle.loads(pickle.dumps(options)) == options


NO_OPTIONS: list[Any] = [{"flavor": "hugo"}, None, "hugo", Options]


@pytest.mark.parametrize("options", NO_OPTIONS, ids=repr)
def test_something_else_in_place_of_options(options: Any) -> None:
    calls = (
        lambda: convert("<p>a</p>", options=options),
        lambda: convert_file("no-such-file.html", options=options),
        lambda: convert_folder("no-such-folder", options=options),
    )
    for call in calls:
        with pytest.raises(TypeError, match="options: must be an Options, as in") as caught:
            call()
        assert not isinstance(caught.value, Csdn2mdError)

"""The catalogue of translations: collects all messages, updates the .po file and compiles it to the .mo file.

`python -m tests.kit.catalogue` adds new messages without a translation (write it into the .po, then run it again),
removes those that are gone, and prints what is missing.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import converter
from converter.batch.values import Outcome
from converter.cli.convert_help import GROUPS
from converter.cli.main import cli
from converter.hook.arguments import hook_command
from converter.options.settings import SETTINGS
from converter.rules.findings import ENTRIES
from converter.source.decode import SIGNATURES, ZIPPED
from converter.verify.messages import MARKS

PACKAGE = Path(converter.__file__).parent
PO = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "csdn2md.po"
MO = PO.with_suffix(".mo")
CLICK = "click"
"""The source of messages that are click's own, of all its versions: they are written into the .po file by hand."""
FUNCTIONS = frozenset(("_", "marked", "counted", "say"))
"""Functions of `converter.translation` that mark messages, and what a caller passes as one of them."""
FAILURES = frozenset(("Failure", "UsageFailure", "click.UsageError", "click.BadParameter", "self.fail", "place.fail"))
"""What commands end with."""
TROUBLE = (
    "batch/documents.py", "batch/engines/", "batch/input/", "batch/local_files.py", "batch/plan.py", "batch/prune.py", "batch/runner.py",
    "batch/state_file.py", "batch/storage/", "batch/task_streams.py", "standalone/images/",
)  # fmt: skip
"""Modules whose sentences say what went wrong."""
EDGE = frozenset(("cli", "hook"))
"""Packages that mark their messages; what the others say is collected from the places below."""
SPEAKING = (
    "batch/", "options/own_", "options/settings.py", "source/decode.py", "source/kind.py", "standalone/images/", "standalone/runner.py",
    "verify/compare.py", "verify/conservation.py", "verify/copied_html.py", "verify/fidelity.py", "verify/messages.py",
    "verify/renderers.py", "verify/selection.py", "verify/verdict.py",
)  # fmt: skip
"""Modules of the library whose sentences are messages; what is raised is a message everywhere."""
UNSEEN = ("__init__.py", "document_json.py", "model.py", "nodes.py", "vocabulary.py", "serializer/", "translation.py")
"""Modules whose errors only programs see."""
SILENT = ("batch/manifest", "batch/report.py")
SENTENCE = re.compile(r"[a-z]{2,},? [a-z]{2,}|\{count:,\}")
NO_SENTENCE = re.compile(r"^(?:SELECT|INSERT|CREATE|<)|\n|\\|\(<")
"""Strings of these modules that nobody reads: statements of SQL, markup, lists of words in lines, patterns."""
WORDS = (
    *map(str, Outcome), "comments", *MARKS.values(), *(name for _, name in (*SIGNATURES, *ZIPPED)), "heading", "list item", "image", "link", "formula", "text", "space",
    "post", "page", "fragment", "markdown", "mixed", "listing", "error", "HTTP {status}", "(none)", "binary data", "the host is not on the public internet", "a number", "a text", "a list", "a list of tables", "a name of small letters, digits and -",
    "selection: {what}: {value}", "{what} ({missing} characters, {share})", "{what} missing: {value}",
    "{what} added: {value}", "{what} differs: {value} became {value2}", "{what} {value} became {value2}: {value3}",
    "{rule} took {value} characters, {value2}", ", or {value}", "did you mean {value}? ",
    "the host: {reason}", "Name or service not known", "No address associated with hostname",
    "Temporary failure in name resolution", "Connection refused", "Network is unreachable",
    "No such file or directory", "Permission denied", "Is a directory", "Not a directory", "File exists",
    "No space left on device", "Read-only file system", "File name too long", "Address already in use", "Name or service not known",
)  # fmt: skip
"""Words that the library says alone."""
MO_HEADER = """Language: zh_CN
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=1; plural=0;
"""
HEADER = (
    "# Chinese translations of csdn2md; `make translations` adds new messages and compiles this file.\n"
    'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in MO_HEADER.splitlines()) + "\n"
)


def messages() -> dict[str, set[str]]:
    """Return every message with the sources it comes from: files, `click`, or `findings`."""
    found: dict[str, set[str]] = {}
    for source, message in (*_marked(), *_library(), *_help(cli), *_help(hook_command), *_groups(), *_findings()):
        found.setdefault(message, set()).add(source)
    return found


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield (path below the package, tree) of each module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def _marked() -> Iterator[tuple[str, str]]:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
                for argument in node.args[: 2 if node.func.id == "counted" else 1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield name, argument.value


def _library() -> Iterator[tuple[str, str]]:
    """Yield what the library says: the strings of exceptions, the sentences of the modules of SPEAKING, the WORDS."""
    yield from (("library", word) for word in WORDS)
    for name, tree in modules():
        if name.partition("/")[0] in EDGE or name.startswith(UNSEEN):
            continue
        helps = {setting.help for setting in SETTINGS.values()}
        spoken = {text for text in strings(tree) if SENTENCE.search(text) and not NO_SENTENCE.search(text)} - helps
        if name.startswith(SPEAKING) and not name.startswith(SILENT):
            yield from ((name, text) for text in spoken)
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                yield from ((name, text) for text in strings(node) if is_sentence(text))


def errors() -> Iterator[str]:
    """Yield the sentences of the errors that people meet: what is raised, told of a document, or ends a command."""
    for name, tree in modules():
        if name.startswith(UNSEEN):
            continue
        if name.startswith(TROUBLE):
            yield from (text for text in strings(tree) if SENTENCE.search(text) and not NO_SENTENCE.search(text))
        for node in ast.walk(tree):
            failure = node.exc if isinstance(node, ast.Raise) else node
            if isinstance(failure, ast.Call) and (failure is not node or ast.unparse(failure.func) in FAILURES):
                yield from (text for text in strings(failure) if SENTENCE.search(text))


def strings(node: ast.AST) -> Iterator[str]:
    """Yield the strings below a node, f-strings with a field for each expression, without docstrings."""
    if isinstance(node, ast.JoinedStr):
        yield template(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if is_docstring or (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            continue
        if isinstance(child, ast.FormattedValue):
            yield from strings(child.value)
        else:
            yield from strings(child)


def template(node: ast.JoinedStr) -> str:
    """Return an f-string as a message: each expression is a field that has the last name in it, made unique."""
    text, used = "", set[str]()
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            name = field_name(part.value)
            number = 2
            while name in used:
                name, number = f"{name.rstrip('0123456789')}{number}", number + 1
            used.add(name)
            text += f"{{{name}}}"
    return text


def field_name(node: ast.expr) -> str:
    """Return the name of the field for an expression: its last name, else `value`."""
    if isinstance(node, ast.Name):
        return node.id.lower().strip("_")
    return node.attr.strip("_") if isinstance(node, ast.Attribute) else "value"


def is_sentence(text: str) -> bool:
    """Return whether a string says something: it has a word of English outside its fields."""
    return bool(re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", text)))


def _help(command: click.Command) -> Iterator[tuple[str, str]]:
    source = f"cli/{command.name}.py"
    yield from ((source, inspect.cleandoc(text)) for text in (command.help,) if text)
    yield from ((source, param.help) for param in command.params if isinstance(param, click.Option) and param.help)
    yield from ((source, does) for _, does in getattr(command, "examples", ()))
    for subcommand in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _help(subcommand)


def _groups() -> Iterator[tuple[str, str]]:
    yield from (("cli/convert_help.py", title) for title in GROUPS)


def _findings() -> Iterator[tuple[str, str]]:
    for entry in ENTRIES:
        yield from (("rules/findings.py", text) for text in (entry.meaning, entry.origin) if text)


def updated() -> bytes:
    """Return the .po file with exactly the messages that there are, known translations kept."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known, catalogue, wanted = translations(), Catalog(locale="zh_CN", fuzzy=False), messages()
    for message in clicks():
        wanted.setdefault(message, set()).add(CLICK)
    for message, sources in sorted(wanted.items(), key=lambda row: (min(row[1]), row[0])):
        plural, translation = "\0" in message, known.get(message, "")
        catalogue.add(
            tuple(message.split("\0")) if plural else message,
            (translation,) if plural else translation,
            [(source, 1) for source in sorted(sources)],
        )
    out = io.BytesIO()
    write_po(out, catalogue, width=110, include_lineno=False, omit_header=True)
    return HEADER.encode() + out.getvalue().replace(b"#, python-brace-format\n", b"")


def translations() -> dict[str, str]:
    """Return the translations of the .po file by message, "" for one that is missing."""
    return {
        _key(message.id): message.string if isinstance(message.string, str) else message.string[0]
        for message in _read()
        if message.id
    }


def clicks() -> set[str]:
    """Return the messages of the .po file that are click's own."""
    return {_key(message.id) for message in _read() if message.id and dict(message.locations).keys() == {CLICK}}


def _key(message: str | tuple[str, str]) -> str:
    """Return a message as .mo files have it: singular and plural with NUL between them."""
    return message if isinstance(message, str) else "\0".join(message)


def _read() -> Any:
    from babel.messages.pofile import read_po

    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def compiled() -> bytes:
    """Return the .mo file that the .po file makes (format: GNU gettext manual, 10.3), with a header that never changes.

    Babel writes the time and its own version into it.
    """
    rows = sorted({"": MO_HEADER, **translations()}.items(), key=lambda row: row[0].encode())
    texts = [(key.encode(), value.encode()) for key, value in rows if value]
    start = 7 * 4 + 16 * len(texts)
    tables: list[bytes] = []
    data = b""
    for column in (0, 1):
        for row in texts:
            tables.append(struct.pack("<2I", len(row[column]), start + len(data)))
            data += row[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(texts), 28, 28 + 8 * len(texts), 0, 0)
    return head + b"".join(tables) + data


def main() -> int:
    """Update both files; print the messages that have no translation, and return 1 if there are any."""
    PO.write_bytes(updated())
    MO.write_bytes(compiled())
    missing = [message for message, translation in translations().items() if not translation]
    for message in missing:
        print(f"no translation: {message}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

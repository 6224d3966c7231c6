"""Finds posts and the Markdown that they were converted to in two folders, and verifies each pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from converter.batch.engines.local import Engine, Inline, Pool
from converter.batch.input.walk import UnreadableFolder, posts
from converter.batch.interrupts import Interrupts
from converter.batch.names import output_name
from converter.batch.values import Outcome, Row, Task
from converter.model import Csdn2mdError
from converter.options import Options
from converter.verify import Difference, RendererError, verify

TIMEOUT = 300.0
"""Seconds after which the verification of a pair is taken for one that never ends."""
LIMIT = "the time limit"


class Pair(NamedTuple):
    """A post and its Markdown.  ``name`` is the Markdown's path below its tree, with ``/`` between its parts."""

    name: str
    source: str
    markdown: str


class Checked(NamedTuple):
    """The result of one pair.  ``error`` says why it could not be compared ("": it was)."""

    name: str
    markdown: str
    score: float
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def perfect(self) -> bool:
        """True when the Markdown says what its source says."""
        return not self.differences and not self.error


def find(source: Path, out: Path) -> Iterator[Pair]:
    """Yield every post of a folder (or one file) with the Markdown that it should have become, in the order of names.

    The posts are those that a conversion of the folder finds.
    """
    if source.is_file():
        name = source.with_suffix(".md").name
        yield Pair(name, str(source), str(out / name if out.is_dir() else out))
        return
    for found in posts(str(source), out, ordered=True):
        if not isinstance(found, UnreadableFolder) and not found.is_dir():
            output = output_name(Path(found.path).relative_to(source).as_posix())
            yield Pair(output, found.path, str(out / output))


def check(pair: Pair, *, options: Options, renderer: str) -> Checked:
    """Verify one pair's Markdown against its source.  RendererError where there is no renderer."""
    try:
        source, markdown = Path(pair.source).read_bytes(), read_markdown(pair)
        verdict = verify(source, markdown, options=options, renderer=renderer)
    except OSError as error:
        return Checked(pair.name, pair.markdown, 0.0, error=f"{error.filename}: {error.strerror}")
    except RendererError:
        raise
    except Csdn2mdError as error:
        return Checked(pair.name, pair.markdown, 0.0, error=f"{pair.source}: {error}")
    return Checked(pair.name, pair.markdown, verdict.score, verdict.differences)


def check_all(found: Iterable[Pair], *, options: Options, renderer: str, jobs: int) -> Iterator[Checked]:
    """Yield the result of each pair, in the order of the pairs, worked out by ``jobs`` processes.

    A pair whose verification crashes or takes too long is an error of its own.  RendererError where there
    is no renderer.
    """
    pairs = list(found)
    process = partial(_check_task, options=options, renderer=renderer)
    tasks = (Task(number, pair.name, pair.source, pair.name, pair.markdown) for number, pair in enumerate(pairs))
    interrupts = Interrupts()
    engine: Engine
    if jobs == 1 or len(pairs) <= 1:
        engine = Inline(process, timeout=TIMEOUT, interrupts=interrupts, limit=LIMIT)
    else:
        engine = Pool(
            process, jobs=jobs, total=len(pairs), timeout=TIMEOUT, interrupts=interrupts, limit=LIMIT,
            start_method="spawn",
        )  # fmt: skip
    with closing(interrupts), closing(engine.run(tasks)) as rows:
        yield from (_result(row) for row in rows if row is not None)


def _check_task(task: Task, *, options: Options, renderer: str) -> Row:
    """Check the pair that a task stands for; the row's note is what came of it."""
    result: Checked | RendererError
    try:
        result = check(Pair(task.name, task.path, task.target), options=options, renderer=renderer)
    except RendererError as error:
        result = error
    except Exception as error:  # a fault of ours in one pair must not stop the others
        result = _failed(task.name, task.path, task.target, f"internal error: {type(error).__name__}: {error}")
    return Row(task.number, task.name, task.output, Outcome.UNCHANGED, path=task.path, target=task.target, note=result)


def _result(row: Row) -> Checked:
    if isinstance(row.note, Checked):
        return row.note
    if isinstance(row.note, RendererError):
        raise row.note
    return _failed(row.source, row.path, row.target, row.message)


def _failed(name: str, source: str, markdown: str, message: str) -> Checked:
    return Checked(name, markdown, 0.0, error=f"{source}: {message}")


def read_markdown(pair: Pair) -> str:
    """Return the Markdown of a pair, its line ends as they are."""
    return Path(pair.markdown).read_bytes().decode("utf-8", "replace")

"""The hooks of pre-commit and prek: ``csdn2md-hook [--check | --verify] [OPTION...] FILE...``.

Nearly every file of a commit is ordinary Markdown, so a scan of its bytes comes first, and only what
may be a post that still holds HTML is worth importing a parser for.  Unlike ``csdn2md convert``, a
hook is given every file of a repository, templates and read-me files too: it touches what shows that
it is a post, and nothing else.
"""

from __future__ import annotations

import sys

from converter.hook.candidates import is_candidate

TYPE_CHECKING = False
if TYPE_CHECKING:  # nothing that a clean file does not need is imported
    from argparse import Namespace
    from collections.abc import Sequence

    from converter.batch import Row
    from converter.options import Options


def main(argv: Sequence[str] | None = None) -> int:
    """Run a hook on files; 0: nothing to do, 1: a file was (or would be) changed or is at fault, 2: usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = _parsed(arguments) if any(word.startswith("-") for word in arguments) else None
    if wanted is not None and wanted.verify:
        return _prove(wanted)
    posts = [name for name in (wanted.files if wanted else arguments) if is_candidate(name)]
    return _convert(posts, wanted or _parsed(arguments)) if posts else 0


def _parsed(arguments: Sequence[str]) -> Namespace:
    """The command line, its conversion options by the names of their fields (None: not given)."""
    from converter.hook.options import parser

    return parser().parse_args(arguments)


def _convert(posts: list[str], wanted: Namespace) -> int:
    """Convert what is HTML, or say that it is."""
    from converter.batch import BatchError, Job, Mode, run
    from converter.batch.documents import convert_post

    options = _options(posts, wanted)
    if options is None:
        return 2
    listener = _Listener("Would fix" if wanted.check else "Fixing")
    mode = Mode.CHECK if wanted.check else Mode.WRITE
    job = Job(sources=tuple(posts), mode=mode, options=options, delete_source=wanted.delete_source)
    try:
        result = run(job, convert=convert_post, listeners=(listener,))
    except BatchError as error:
        return _fail(str(error), error.exit_code)
    return _fail(result.fatal) if result.fatal else listener.exit_code


def _prove(wanted: Namespace) -> int:
    """Prove changed posts."""
    from converter.hook.proof import prove_changed

    options = _options(wanted.files, wanted)
    return 2 if options is None else prove_changed(wanted.files, options)


def _options(posts: list[str], wanted: Namespace) -> Options | None:
    from converter.hook.options import given
    from converter.model import OptionError
    from converter.options.files import options_for

    try:
        return options_for(posts, given(wanted))
    except OptionError as error:
        _fail(str(error))
        return None


def _fail(message: str, code: int = 1) -> int:
    print(f"error: {message}", file=sys.stderr)
    return code


class _Listener:
    """Prints a line for each file that was changed or is at fault."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self.exit_code = 0

    def row(self, row: Row) -> None:
        from converter.batch import Outcome
        from converter.batch.names import shown

        if row.outcome is Outcome.CONVERTED:
            print(f"{self._verb} {shown(row.source)}")
        elif row.outcome is Outcome.FAILED:
            _fail(f"{shown(row.source)}: {row.message}")
        else:
            return
        self.exit_code = 1

    def planned(self, total: int) -> None:
        """Nothing to say."""

    def received(self, count: int) -> None:
        """Nothing to say."""


def run_hook() -> None:
    """The console command."""
    sys.exit(main())

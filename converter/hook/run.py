"""The hooks of pre-commit and prek: ``csdn2md-hook [--check | --verify] [OPTION...] FILE...``.

Nearly every file of a commit is ordinary Markdown, so a scan of its bytes comes first, and nothing that
is slow to import is imported before a file is found that may be a post with HTML in it.  Unlike
``csdn2md convert``, a hook is given every file of a repository, also templates and read-me files: it
changes only files that CSDN's elements, or HTML under front matter, show to be posts.
"""

from __future__ import annotations

import os
import sys

from converter.hook.candidates import is_candidate

TYPE_CHECKING = False
if TYPE_CHECKING:  # nothing that a clean file does not need is imported
    from collections.abc import Sequence

    from converter.hook.arguments import HookArguments
    from converter.options import Options


def main(argv: Sequence[str] | None = None) -> int:
    """Run a hook on files; 0: nothing to do, 1: a file was (or would be) changed or is at fault, 2: usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    given = _read(arguments) if any(word.startswith("-") for word in arguments) else None
    if given is not None and given.verify:
        return _verify(given)
    posts = [name for name in (given.files if given else arguments) if is_candidate(name)]
    return _convert(posts, given or _read(arguments)) if posts else 0


def _read(arguments: Sequence[str]) -> HookArguments:
    from converter.hook.arguments import read

    return read(arguments)


def _convert(posts: list[str], given: HookArguments) -> int:
    """Convert posts, or print which would be converted; return the exit code."""
    from converter.batch import BatchError, Job, Mode, run
    from converter.batch.documents import convert_post
    from converter.hook.lines import FileLines, fail
    from converter.translation import marked

    options = _options(posts, given)
    if options is None:
        return 2
    if folders := [name for name in posts if os.path.isdir(name)]:
        import errno  # a hook imports as little as it can

        return fail(f"{folders[0]}: {os.strerror(errno.EISDIR)}")
    lines = FileLines(marked("Would fix {file}") if given.check else marked("Fixing {file}"))
    mode = Mode.CHECK if given.check else Mode.WRITE
    job = Job(sources=tuple(posts), mode=mode, options=options, delete_source=given.delete_source)
    try:
        result = run(job, convert=convert_post, listeners=(lines,))
    except BatchError as error:
        return fail(str(error), error.exit_code)
    return fail(result.fatal) if result.fatal else lines.exit_code


def _verify(given: HookArguments) -> int:
    """Verify changed posts; return the exit code."""
    from converter.hook.git_proof import verify_changed

    options = _options(given.files, given)
    return 2 if options is None else verify_changed(given.files, options)


def _options(posts: Sequence[str], given: HookArguments) -> Options | None:
    """Return the options in force for posts; None, with the error printed, where a configuration file is invalid."""
    from converter.hook.lines import fail
    from converter.model import OptionError
    from converter.options.files import options_for

    try:
        return options_for(posts, given.settings)
    except OptionError as error:
        fail(str(error))
        return None


def run_hook() -> None:
    """The console command."""
    sys.exit(main())

"""The arguments of `csdn2md convert` as one value, and the job that they ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.errors import address_message, is_web_address
from converter.cli.parameters import Settings, options_in_force
from converter.cli.standalone import StandaloneArguments
from converter.source.suffixes import CORPUS_SUFFIXES, MARKDOWN_SUFFIXES, has_suffix
from converter.translation import _

if TYPE_CHECKING:
    from converter.batch import Job, Mode
    from converter.batch.values import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertArguments:
    """What the command line of `convert` says, checked by click one by one but not against each other.

    target: the value of `-o`, "" for none.  files_from: files that list sources; null_separated: by
    NUL; base: the folder that these are below.
    settings: the conversion settings that are given, by the name of the field of Options.
    jobs: number of processes, None for one for each core.  timeout: seconds; max_size: bytes.
    standalone: the options for images, links and redirects.
    """

    sources: tuple[str, ...]
    target: str
    in_place: bool
    delete_source: bool
    check: bool
    diff: bool
    dry_run: bool
    files_from: tuple[str, ...]
    null_separated: bool
    base: Path | None
    path_field: str
    content_field: str
    settings: Settings
    jobs: int | None
    verify: bool
    strict: bool
    renderer: str
    fail_on: str | None
    force: bool
    prune: bool
    on_collision: str
    timeout: float
    max_size: int
    reports: tuple[Path, ...]
    engine: str
    scheduler: str
    manifest: Path | None
    quiet: bool
    verbose: bool
    standalone: StandaloneArguments

    @property
    def mode(self) -> Mode:
        """Return whether the run writes, checks or prints a diff."""
        from converter.batch.values import Mode

        if self.diff:
            return Mode.DIFF
        return Mode.CHECK if self.check or self.dry_run else Mode.WRITE

    @property
    def proof(self) -> Proof:
        """Return what becomes of a document that differs from its source."""
        from converter.batch.values import Proof

        if self.verify:
            return Proof.STRICT if self.strict else Proof.REPORT
        return Proof.NONE


def job_of(arguments: ConvertArguments) -> Job:
    """Return the job that the arguments ask for; click.UsageError where they contradict each other."""
    from converter.batch.engines.local import cores
    from converter.batch.storage import urls
    from converter.batch.values import EngineName, Job, OnCollision

    _check(arguments)
    target = urls.plain(arguments.target)
    url = target if urls.is_url(target) else ""
    out = Path(target) if target and not url else None
    one_file = out is not None and _is_one_file(arguments, out)
    corpus = target if names_corpus(target) else ""
    if corpus:
        out, url = None, ""
    return Job(
        sources=arguments.sources, lists=arguments.files_from, null_separated=arguments.null_separated,
        base=str(arguments.base) if arguments.base else "",
        out=None if one_file else out, out_file=out if one_file else None, out_url=url, corpus=corpus,
        mode=arguments.mode,
        options=options_in_force(arguments.settings, arguments.sources, target, quiet=arguments.quiet),
        jobs=arguments.jobs or cores(), force=arguments.force, prune=arguments.prune,
        on_collision=OnCollision(arguments.on_collision),
        proof=arguments.proof, renderer=arguments.renderer,
        delete_source=arguments.delete_source, timeout=arguments.timeout, max_size=arguments.max_size,
        path_field=arguments.path_field, content_field=arguments.content_field,
        sketches=bool(arguments.reports),
        engine=EngineName(arguments.engine), scheduler=arguments.scheduler, manifest=arguments.manifest,
        records=True,
    )  # fmt: skip


def _check(arguments: ConvertArguments) -> None:
    """Raise click.UsageError for arguments that are missing or contradict each other."""
    target, is_dask = bool(arguments.target), arguments.engine == "dask"
    problems = (
        (not arguments.sources and not arguments.files_from,
         _("name what to convert: files, folders, archives, or - for stdin")),
        ("-" in arguments.sources, _("- (stdin) cannot be combined with other sources")),
        (target and arguments.in_place, _("--in-place and -o exclude each other")),
        (not target and not arguments.in_place and arguments.mode == "write",
         _("name an output folder with -o, or choose --in-place, --check, --diff or --dry-run")),
        (arguments.diff + arguments.check + arguments.dry_run > 1,
         _("--check, --diff and --dry-run exclude each other")),
        (arguments.manifest is not None and not target, _("--manifest needs -o")),
        (arguments.quiet and arguments.verbose, _("--quiet and --verbose exclude each other")),
        (_is_no_folder_name(arguments.target),
         _("-o {target}: csdn2md writes Markdown: name a folder, or for one source a file that ends in .md").format(
             target=arguments.target)),
        (is_dask and arguments.standalone.requested,
         _("--assets, --link-local and --redirects need --engine local")),
        (names_corpus(arguments.target) and (arguments.mode != "write" or needs_folder(arguments)),
         _("-o {target} writes one table: --check, --diff, --dry-run, --prune, --manifest, --assets, --link-local and "
           "--redirects need an output folder").format(target=arguments.target)),
        (names_corpus(arguments.target) and "://" in arguments.target and not
         (is_dask and has_suffix(arguments.target, (".parquet",))),
         _("-o {target}: to a URL, only --engine dask writes a table, and only .parquet")
         .format(target=arguments.target)),
        (names_file(arguments.target) and has_many_sources(arguments),
         _("-o {target}: is one file, and there may be many documents: name a folder").format(target=arguments.target)),
        *((is_web_address(source) and not is_dask, address_message(source)) for source in arguments.sources),
    )  # fmt: skip
    for is_wrong, message in problems:
        if is_wrong:
            raise click.UsageError(message)


def _is_one_file(arguments: ConvertArguments, out: Path) -> bool:
    """Return whether `-o` names a file: there is one source, which is no folder, and the suffix is one of Markdown."""
    return names_file(str(out)) and not has_many_sources(arguments)


def _is_no_folder_name(target: str) -> bool:
    """Return whether the value of `-o` is the name of a page, a text or an archive, and no folder or corpus has it."""
    from converter.batch.input.archives import kind_of
    from converter.batch.names import NAMED_SUFFIXES

    other = tuple(set(NAMED_SUFFIXES).difference(MARKDOWN_SUFFIXES))
    is_other = has_suffix(target, other) or (kind_of(target) and not names_corpus(target))
    return bool(is_other) and not os.path.isdir(target)  # noqa: PTH112


def names_file(target: str) -> bool:
    """Return whether the value of `-o` is the name of a Markdown file, and no folder has that name."""
    return has_suffix(target, MARKDOWN_SUFFIXES) and not os.path.isdir(target)  # noqa: PTH112 a name may be too long


def names_corpus(target: str) -> bool:
    """Return whether the value of `-o` is the name of a corpus."""
    return has_suffix(target, CORPUS_SUFFIXES)


def needs_folder(arguments: ConvertArguments) -> bool:
    """Return whether an option is given that only an output folder can have."""
    return bool(arguments.standalone.requested or arguments.prune or arguments.manifest)


def has_many_sources(arguments: ConvertArguments) -> bool:
    """Return whether the sources may be several documents: several names, a list, a folder, an archive, a pattern."""
    from glob import has_magic

    from converter.batch.input.archives import kind_of

    if len(arguments.sources) != 1 or arguments.files_from:
        return True
    name = arguments.sources[0]
    is_pattern = has_magic(name) and not os.path.exists(name)  # noqa: PTH110
    return os.path.isdir(name) or bool(kind_of(name)) or is_pattern  # noqa: PTH112

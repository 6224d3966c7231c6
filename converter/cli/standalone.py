"""The part of the command line that makes an archive stand alone: options of ``convert``, and ``index``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from converter.batch import Job, Result
    from converter.batch.interrupts import Interrupts
    from converter.batch.runner import Listener
    from converter.standalone.archive import Story, Survey, Wish
    from converter.standalone.images.download import Totals
    from converter.standalone.state import Image, State

LINE_SECONDS = 10.0
DEFAULT_FOLDER = "assets"
MOST_HOSTS = 10

OPTIONS = (
    click.option("--assets", type=click.Choice(("download", "check")),
                 help="Bring images into the output folder, and drawings out of the posts; or say what that would do. "
                 "Posts that are Markdown already stay as they are; --force asks again for images that were gone."),
    click.option("--assets-dir", type=click.Path(path_type=Path), metavar="DIR",
                 help="Folder of the images  [default: assets in the output folder]"),
    click.option("--assets-layout", type=click.Choice(("shared", "post")), default="shared", show_default=True,
                 help="One folder of images for all posts, or one beside each post."),
    click.option("--assets-base", default="", metavar="URL",
                 help="Address of that folder on the site (with --assets-layout post: of the output folder); "
                 "paths are relative without it."),
    click.option("--allow-private", is_flag=True, help="Ask private and local addresses for images too."),
    click.option("--link-local", metavar="STYLE",
                 help="Link posts to each other: relative, jekyll, hugo, or a template as /:year/:month/:title/."),
    click.option("--redirects", multiple=True, metavar="FILE",
                 help="Write the map from old to new addresses: .json, .csv, _redirects, .map (nginx); "
                 "front-matter: into each post."),
    click.option("--permalink", metavar="TEMPLATE",
                 help="New addresses in --redirects, as /:year/:month/:title/  [default: the flavor's]"),
)  # fmt: skip


def standalone_options(command: Any) -> Any:
    """Add the options to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def is_asked_for(given: dict[str, Any]) -> bool:
    """Whether any of the options was given that makes an archive stand alone."""
    return bool(given["assets"] or given["link_local"] or given["redirects"])


def run_standalone(
    job: Job, given: dict[str, Any], *, listeners: Iterable[Listener], interrupts: Interrupts, quiet: bool
) -> tuple[Result, list[str]]:
    """Do the job as the options say: (its result, lines that say what else was done).

    Raises click.UsageError where the options contradict each other, Csdn2mdError where the run cannot be done.
    """
    from converter.standalone.archive import stand_alone, survey

    if job.out is None:
        raise click.UsageError("--assets, --link-local and --redirects need an output folder: name one with -o")
    if job.proof:
        raise click.UsageError("--verify does not know local addresses: verify a run without these options")
    wish = _wish(job, job.out, given, quiet)
    if given["assets"] == "check":
        result, found = survey(job, wish, listeners=listeners, interrupts=interrupts)
        return result, _surveyed(found)
    story = stand_alone(job, wish, listeners=listeners, interrupts=interrupts)
    return story.result, _told(story)


def _wish(job: Job, out: Path, given: dict[str, Any], quiet: bool) -> Wish:
    from converter.standalone import links, redirects
    from converter.standalone.archive import Wish
    from converter.standalone.convert import Converter
    from converter.standalone.images.store import Layout

    folder = given["assets_dir"] or out / DEFAULT_FOLDER
    layout = Layout(out, folder, given["assets_layout"] == "post", given["assets_base"]) if given["assets"] else None
    flavor = job.options.flavor
    in_posts = redirects.FRONT_MATTER in given["redirects"]
    maps = tuple(Path(name) for name in given["redirects"] if name != redirects.FRONT_MATTER)
    for path in maps:
        redirects.writer_of(path)
    template = given["permalink"] or links.PERMALINKS.get(flavor, "/:output")
    links.permalink(template)
    if given["link_local"]:
        links.style(given["link_local"])
    return Wish(
        converter=Converter(
            out=out, layout=layout, links=given["link_local"] or "",
            old_address_key=redirects.key_of(flavor) if in_posts else "",
        ),
        download=_Downloading(given, quiet) if given["assets"] == "download" else None,
        redirects=maps, permalink=template,
    )  # fmt: skip


class _Downloading:
    """Brings the images, and shows on the terminal how far that is."""

    def __init__(self, given: dict[str, Any], quiet: bool) -> None:
        self._private, self._again, self._quiet = given["allow_private"], given["force"], quiet
        try:
            import httpx  # noqa: F401
        except ImportError:
            raise click.UsageError("--assets download needs httpx: pip install 'csdn2md[assets]'") from None

    def __call__(self, state: State, folder: Path, wake: int) -> Totals:
        """See ``archive.Download``."""
        from converter.batch.storage.files import make_durable
        from converter.standalone.images.download import download, missing_files
        from converter.standalone.images.fetch import Limits
        from converter.standalone.images.guard import GuardedTransport, anywhere

        missing_files(state, folder)
        limits = Limits()
        transport = GuardedTransport(permits=anywhere, connections=limits.connections) if self._private else None
        with _Bar(self._quiet) as bar:
            return download(
                state, folder, limits=limits, make_durable=make_durable, again=self._again, transport=transport,
                progress=bar, wake=wake,
            )  # fmt: skip


class _Bar:
    """Counts images and bytes: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Any = None
        self._task: Any = None
        self._total = self._done = self._size = 0
        self._said = time.monotonic()

    def __enter__(self) -> _Bar:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn("images"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[size]}"),
                TimeRemainingColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._task = self._progress.add_task("", total=None, size="")
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def expected(self, images: int) -> None:
        """See ``download.Progress``."""
        self._total = images
        if self._progress is not None:
            self._progress.update(self._task, total=images)

    def finished(self, image: Image) -> None:
        """See ``download.Progress``."""
        self._done += 1
        self._size += image.size
        if self._progress is not None:
            self._progress.update(self._task, completed=self._done, size=megabytes(self._size))
        elif not self._quiet and time.monotonic() - self._said > LINE_SECONDS:
            self._said = time.monotonic()
            click.echo(f"{self._done:,} of {self._total:,} images, {megabytes(self._size)}", err=True)


def megabytes(size: int) -> str:
    """A size to read."""
    return f"{size / 1e6:,.1f} MB"


def _told(story: Story) -> list[str]:
    lines = []
    if (totals := story.images) is not None:
        missing = story.result.counts["missing"]  # type: ignore[index]  # a StrEnum's value is its key
        lines.append(f"images: {totals.saved:,} brought ({megabytes(totals.size)}), {missing:,} missing")
        lines.extend(f"images: {host} was left alone: it failed too often" for host in sorted(totals.hosts_left))
    if story.rewritten:
        lines.append(f"{story.rewritten:,} posts written once more, with local addresses")
    return lines


def _surveyed(found: Survey) -> list[str]:
    wanted = found.hosts.total()
    lines = [
        f"images: {found.images:,}, of which {found.here:,} are here, {found.dead:,} are known to be gone, "
        f"{wanted:,} would be asked for on {len(found.hosts):,} hosts"
    ]
    lines.extend(f"  {count:>9,}  {host}" for host, count in found.hosts.most_common(MOST_HOSTS))
    if len(found.hosts) > MOST_HOSTS:
        rest = wanted - sum(count for _, count in found.hosts.most_common(MOST_HOSTS))
        lines.append(f"  {rest:>9,}  on {len(found.hosts) - MOST_HOSTS:,} other hosts")
    return lines


@click.command()
@click.argument("folder", metavar="OUT", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", "outs", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="What to write: .md to read, .jsonl, .csv, .sqlite (with full-text search)  [default: INDEX.md and "
              "index.jsonl in OUT]")  # fmt: skip
def index(folder: Path, outs: tuple[Path, ...]) -> None:
    """Write a catalogue of the posts in OUT: titles, dates, tags, words, images, addresses."""
    from converter.model import Csdn2mdError
    from converter.standalone import search_tables
    from converter.standalone.catalogue import INDEX, entries

    try:
        paths = outs or (folder / INDEX, folder / "index.jsonl")
        for path in paths:
            search_tables.writer_of(path)
        catalogue = search_tables.database("", entries(folder))
        for path in paths:
            search_tables.write(catalogue, path, folder)
            click.echo(f"wrote {path}")
        catalogue.close()
    except (Csdn2mdError, OSError) as error:
        raise click.ClickException(str(error)) from error

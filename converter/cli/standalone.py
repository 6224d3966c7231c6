"""The options of `convert` for images, links and redirects, and the run that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.progress import ImageProgress, megabytes
from converter.translation import _, marked, translated

if TYPE_CHECKING:
    from converter.batch import Job, Result
    from converter.batch.interrupts import Interrupts
    from converter.batch.listener import Listener
    from converter.options import Options
    from converter.standalone.database import ArchiveDatabase
    from converter.standalone.images.download import Totals
    from converter.standalone.kept_settings import KeptSettings
    from converter.standalone.runner import DownloadPreview, StandaloneResult, StandaloneSettings

PREVIEW = "preview"
"""Value of `assets` where a run only says what it would request (``--dry-run``)."""
NONE = "none"
"""Value of an option that undoes what earlier runs did."""
MAX_REASONS = 5
"""Reasons that the summary names."""
HINTS = {"the host is not on the public internet": marked(" (--allow-private requests them)")}
"""What to do next, by the reason why an image is missing."""
MAX_HOSTS = 10
"""Hosts that the summary of a dry run lists."""

OPTIONS = (
    click.option("--assets", type=click.Choice(("download", "check", "none")),
                 help="Download images into the output folder and save drawings as files; check: ask whether they are "
                 "there, and keep nothing; none: back to the images' own addresses. Sources that are Markdown stay as "
                 "they are; --force requests images again that are gone."),
    click.option("--assets-dir", type=click.Path(path_type=Path), metavar="DIR",
                 help="Folder of the images  [default: assets in the output folder]"),
    click.option("--assets-layout", type=click.Choice(("shared", "post")),
                 help="One folder of images for all posts, or one beside each post  [default: shared]"),
    click.option("--assets-base", default=None, metavar="URL",
                 help="URL of that folder on the site (with --assets-layout post: of the output folder)  "
                 "[default: relative paths]"),
    click.option("--allow-private", is_flag=True, help="Also request images from private and local addresses."),
    click.option("--link-local", default="", metavar="STYLE",
                 help="Link posts to each other: relative, jekyll, hugo, or a template as /:year/:month/:title/; "
                 "none: back to the links' own addresses."),
    click.option("--redirects", multiple=True, metavar="FILE",
                 help="Write redirects from old to new addresses to a file: .json, .csv, _redirects, .map (nginx); "
                 "front-matter: write them into each post; none: no longer."),
    click.option("--permalink", default="", metavar="TEMPLATE",
                 help="New addresses in --redirects, as /:year/:month/:title/  [default: that of the flavor]"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneArguments:
    """What the command line says of images, links and redirects; None and "" where it says nothing.

    assets: "download", "check" or "none"; PREVIEW.  assets_layout: "shared" or "post".
    link_local: a style, a template or "none".
    redirects: names of files, `front-matter` or `none`.  permalink: a template, "" for that of the flavor.
    """

    assets: str | None
    assets_dir: Path | None
    assets_layout: str | None
    assets_base: str | None
    allow_private: bool
    link_local: str
    redirects: tuple[str, ...]
    permalink: str

    @property
    def requested(self) -> bool:
        """Return whether any image, link or redirect is to be handled."""
        return bool(self.assets or self.link_local or self.redirects)


def standalone_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as `standalone`, a StandaloneArguments."""

    @wraps(command)
    def with_arguments(*arguments: Any, **given: Any) -> Any:
        values = {field.name: given.pop(field.name) for field in fields(StandaloneArguments)}
        return command(*arguments, standalone=StandaloneArguments(**values), **given)

    for option in reversed(OPTIONS):
        option(with_arguments)
    return with_arguments


def run_standalone(
    job: Job, arguments: StandaloneArguments, *, listeners: Iterable[Listener], interrupts: Interrupts, force: bool,
    quiet: bool,
) -> tuple[Result, list[str]]:  # fmt: skip
    """Run a job with images, links and redirects; return its result and more lines for the summary.

    Raises click.UsageError where the options contradict each other, Csdn2mdError where the run cannot be done.
    """
    from converter.standalone.runner import convert_standalone, preview_download

    if job.out is None:
        raise click.UsageError(_("--assets, --link-local and --redirects need an output folder: name one with -o"))
    settings = _settings(job, job.out, arguments, kept_settings_of(job), force=force, quiet=quiet)
    if arguments.assets == PREVIEW:
        result, preview = preview_download(job, settings, listeners=listeners, interrupts=interrupts)
        return result, _preview_lines(preview)
    done = convert_standalone(job, settings, listeners=listeners, interrupts=interrupts)
    return done.conversion, _summary_lines(done, checked=arguments.assets == "check")


def kept_settings_of(job: Job) -> KeptSettings:
    """Return what earlier runs into the output folder of a job said of images and links."""
    from converter.batch.values import EngineName
    from converter.standalone.kept_settings import KeptSettings, kept_settings

    if job.memory is None or job.out is None or job.engine is not EngineName.LOCAL:
        return KeptSettings()
    return kept_settings(job.memory)


def _settings(
    job: Job, out: Path, arguments: StandaloneArguments, kept: KeptSettings, *, force: bool, quiet: bool
) -> StandaloneSettings:
    """Return what the run does beside converting; OptionError for an unknown style, template or kind of file."""
    from converter.standalone import links, redirects
    from converter.standalone.convert import Converter
    from converter.standalone.images.asset_files import Layout
    from converter.standalone.runner import StandaloneSettings

    flavor = job.options.flavor
    files = tuple(Path(name) for name in arguments.redirects if name not in (redirects.FRONT_MATTER, NONE))
    for path in files:
        redirects.writer_of(path)
    template = arguments.permalink or links.PERMALINKS.get(flavor, "/:output")
    links.template_style(template)
    kept = _combined(kept, arguments, out)
    if kept.links:
        links.style_of(kept.links)
    layout = Layout(out, out / kept.folder, kept.per_post, kept.base) if kept.assets else None
    key = redirects.key_of(flavor) if kept.old_addresses else ""
    return StandaloneSettings(
        converter=lambda lookup: Converter(lookup=lookup, layout=layout, links=kept.links, old_address_key=key),
        layout=layout, kept=kept, **_requests(arguments, job.options, force=force, quiet=quiet),
        redirects=files, permalink=template,
    )  # fmt: skip


def _combined(kept: KeptSettings, arguments: StandaloneArguments, out: Path) -> KeptSettings:
    """Return the settings of earlier runs with what the arguments say instead."""
    from converter.standalone.kept_settings import relative_folder
    from converter.standalone.redirects import FRONT_MATTER

    changed: dict[str, Any] = {}
    if arguments.assets not in (None, "check"):
        changed["assets"] = arguments.assets != NONE
    if arguments.assets_dir is not None:
        changed["folder"] = relative_folder(arguments.assets_dir, out)
    if arguments.assets_layout is not None:
        changed["per_post"] = arguments.assets_layout == "post"
    if arguments.assets_base is not None:
        changed["base"] = arguments.assets_base
    if arguments.link_local:
        changed["links"] = "" if arguments.link_local == NONE else arguments.link_local
    if FRONT_MATTER in arguments.redirects or NONE in arguments.redirects:
        changed["old_addresses"] = NONE not in arguments.redirects
    return replace(kept, **changed)


def _requests(arguments: StandaloneArguments, options: Options, *, force: bool, quiet: bool) -> dict[str, Any]:
    """Return the function that requests images and shows its progress, as a setting; click.UsageError without httpx."""
    if arguments.assets not in ("download", "check"):
        return {}
    try:
        import httpx  # noqa: F401
    except ImportError:
        message = _("--assets {what} needs httpx: pip install httpx")
        raise click.UsageError(message.format(what=arguments.assets)) from None
    from converter.standalone.images.guard import proxies_in_environment

    proxies = proxies_in_environment()

    def common() -> dict[str, Any]:
        from converter.standalone.images.fetch import Limits
        from converter.standalone.images.guard import GuardedTransport, is_public, permit_all

        limits = Limits()
        permits = permit_all if arguments.allow_private else is_public
        transport = GuardedTransport(permits=permits, connections=limits.connections, proxies=proxies)
        hosts = tuple(host for site in options.sites for host in site.image_hosts)
        return {"limits": limits, "transport": transport, "hosts": hosts}

    def download(database: ArchiveDatabase, folder: Path, wake: int) -> Totals:
        from converter.batch.storage.files import make_durable
        from converter.standalone.images.download import download, mark_missing_files

        mark_missing_files(database, folder)
        with ImageProgress(quiet=quiet) as progress:
            return download(
                database, folder, make_durable=make_durable, retry_dead=force, progress=progress, wake=wake, **common()
            )

    def check(database: ArchiveDatabase, wake: int) -> Totals:
        from converter.standalone.images.download import check

        with ImageProgress(quiet=quiet) as progress:
            return check(database, again=force, progress=progress, wake=wake, **common())

    return {"check": check} if arguments.assets == "check" else {"download": download}


def _summary_lines(result: StandaloneResult, *, checked: bool) -> list[str]:
    lines = []
    if (totals := result.images) is not None:
        missing = result.conversion.counts["missing"]  # type: ignore[index]  # a StrEnum's value is its key
        found = _("images: {saved:,} asked for and found, {missing:,} missing")
        saved = found if checked else _("images: {saved:,} downloaded ({size}), {missing:,} missing")
        lines.append(saved.format(saved=totals.saved, size=megabytes(totals.size), missing=missing))
        lines.extend(_why_missing(totals, missing))
        skipped = _("images: {host} was skipped: it failed too often")
        lines.extend(skipped.format(host=host) for host in sorted(totals.hosts_skipped))
    if result.rewritten:
        lines.append(_("{count:,} posts written again, with local addresses").format(count=result.rewritten))
    return lines


def _why_missing(totals: Totals, missing: int) -> Iterator[str]:
    """Yield a line with the reasons, the commonest first, and one with what was not requested."""
    common = totals.reasons.most_common(MAX_REASONS)
    one = _("{count:,} {reason}")
    reasons = [
        one.format(count=count, reason=translated(text) + (_(HINTS[text]) if text in HINTS else ""))
        for text, count in common
    ]
    rest = totals.missing - sum(count for _text, count in common)
    if reasons:
        more = _(", {count:,} for other reasons").format(count=rest) if rest else ""
        yield _("images missing: {reasons}").format(reasons=_(", ").join(reasons)) + more
    if (known := missing - totals.missing) > 0:
        line = _("images missing: {count:,} known to be gone from earlier runs (--force requests them again)")
        yield line.format(count=known)


def _preview_lines(preview: DownloadPreview) -> list[str]:
    wanted = preview.hosts.total()
    line = _(
        "images: {images:,}: {saved:,} are saved already, {dead:,} are known to be missing, "
        "{wanted:,} would be requested from {hosts:,} hosts"
    )
    counts = {"images": preview.images, "saved": preview.saved, "dead": preview.dead}
    lines = [line.format(**counts, wanted=wanted, hosts=len(preview.hosts))]
    lines.extend(f"  {count:>9,}  {host}" for host, count in preview.hosts.most_common(MAX_HOSTS))
    if len(preview.hosts) > MAX_HOSTS:
        rest = wanted - sum(count for _host, count in preview.hosts.most_common(MAX_HOSTS))
        others = _("from {count:,} other hosts").format(count=len(preview.hosts) - MAX_HOSTS)
        lines.append(f"  {rest:>9,}  {others}")
    return lines

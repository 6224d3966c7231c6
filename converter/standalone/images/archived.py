"""Save the images that posts show and that lie beside them in WARC files, so that nobody has to request them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from converter.batch.input import archives, warc
from converter.batch.input.unpacking import ArchiveError, unpacked
from converter.batch.storage import files, lookup
from converter.batch.values import Job
from converter.extract.drawings import sanitize
from converter.standalone.addresses import absolute, candidates
from converter.standalone.database import ALIVE, DEAD, FAILED, SAVED, WANTED, ArchiveDatabase, Image
from converter.standalone.images import asset_files, sniff


def save_archived(database: ArchiveDatabase, folder: Path, job: Job, check: Callable[[], None]) -> list[Image]:
    """Save the wanted images that WARC files among the sources of a job hold, and return them.

    check: is called for each image; raises where the run has to end.
    A file that is cut gives what it has: the conversion has reported it.
    """
    saved: dict[str, Image] = {}
    for source in job.sources:
        if archives.kind_of(source) == archives.WARC:
            with suppress(ArchiveError), lookup.store_of(source).open(source) as packed, unpacked(packed) as file:
                for entry in warc.images(file):
                    check()
                    image = _saved(database, folder, entry, saved, job.max_size)
                    if image is not None:
                        saved[image.address] = image
    if saved:
        files.make_durable(folder)
        database.record_images(saved.values())
    return list(saved.values())


def _saved(
    database: ArchiveDatabase, folder: Path, entry: warc.Entry, saved: dict[str, Image], max_size: int
) -> Image | None:
    """Save an image that posts show and that is not saved yet; None for any other."""
    url = absolute(entry.address)
    key = candidates(url)[0] if url else ""
    if key in saved or database.status_of(key) not in (WANTED, FAILED, DEAD, ALIVE):
        return None
    try:
        data = entry.read(max_size)
    except archives.BROKEN:  # it is requested, as any other
        return None
    kind = sniff.image_suffix(data)
    if kind == ".svg":
        data = sanitize(data)
    if not kind or not data or not sniff.is_complete(data, kind):
        return None
    name = asset_files.save_asset(folder, data, kind)
    return Image(key, url, SAVED, name, len(data), fetched=url)

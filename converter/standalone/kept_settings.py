"""How the posts of an archive have their images and links, kept in its manifest so that later runs do the same."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from converter.batch.manifest import Manifest

NOTE = "standalone"
"""Name of the manifest's note that holds the settings."""
DEFAULT_FOLDER = "assets"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSettings:
    """Settings of an archive that stay until another run changes them.

    assets: whether images are saved.  folder: where, relative to the output folder.  per_post, base: see `Layout`.
    links: see `Converter`.  old_addresses: whether front matter names the old address of a post.
    """

    assets: bool = False
    folder: str = DEFAULT_FOLDER
    per_post: bool = False
    base: str = ""
    links: str = ""
    old_addresses: bool = False

    @property
    def changes_posts(self) -> bool:
        """True when posts are written otherwise than without these settings."""
        return self.assets or bool(self.links) or self.old_addresses

    def in_words(self) -> str:
        """Return what the settings do, and the options that undo it."""
        parts = (
            (self.assets, "saved images (--assets none)"),
            (bool(self.links), f"links between posts (--link-local none; now {self.links})"),
            (self.old_addresses, "old addresses in front matter (--redirects none)"),
        )
        return ", ".join(text for is_kept, text in parts if is_kept)

    def keep(self, manifest: Manifest) -> None:
        """Keep the settings in a manifest."""
        manifest.keep_note(NOTE, json.dumps(asdict(self)))


def relative_folder(folder: Path, out: Path) -> str:
    """Return the path of a folder of images relative to the output folder."""
    return os.path.relpath(folder, out)


def kept_settings(manifest: Path) -> KeptSettings:
    """Return the settings that the manifest at a path holds; the default where there is none that can be read.

    The run that follows opens the manifest for itself, and says what is wrong with it.
    """
    if not manifest.is_file():
        return KeptSettings()
    try:
        with closing(sqlite3.connect(f"file:{quote(os.fsencode(manifest))}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT text FROM notes WHERE name = ?", (NOTE,)).fetchone()
            return KeptSettings(**json.loads(row[0])) if row else KeptSettings()
    except (sqlite3.Error, ValueError, TypeError):
        return KeptSettings()

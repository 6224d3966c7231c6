"""Find the notes that CSDN's editor left in the text where it could not copy an image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from converter.sites.tables import TRANSFER_NOTE

_ADDRESS = re.compile(r"\((https?:[^()\s]+)\)")


class TransferNote(NamedTuple):
    """One note: where it starts and ends in the text (indexes), its text, the image's address ("" for none)."""

    start: int
    end: int
    text: str
    address: str


def transfer_notes(text: str) -> Iterator[TransferNote]:
    """Yield the notes of failed transfers in a text, in order."""
    for match in TRANSFER_NOTE.finditer(text):
        address = _ADDRESS.search(match[1] + match[2])
        yield TransferNote(match.start(), match.end(), match[0], address[1] if address else "")

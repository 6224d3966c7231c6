"""Converts a post for a corpus: the document with its row as the note."""

from __future__ import annotations

import json

from converter.batch.documents import with_row_data
from converter.batch.drawing_files import DrawingFiles
from converter.corpus.rows import row_of
from converter.model import Document
from converter.options import Options
from converter.pipeline import convert


def convert_to_row(data: bytes, *, name: str, output: str, options: Options) -> Document:
    """Convert a post whose row has the path ``output``; drawings stay in its Markdown.  Raises ConversionError."""
    document = convert(data, name=name, options=options)
    row = json.dumps(row_of(document, output, options), ensure_ascii=False)
    return with_row_data(document, row, DrawingFiles(output))

"""The serializer: writes canonical HTML as Markdown.  It writes every tag of the vocabulary and knows no website."""

from converter.serializer.context import Override
from converter.serializer.document import serialize, serialize_checked
from converter.serializer.html import to_html

__all__ = ["Override", "serialize", "serialize_checked", "to_html"]

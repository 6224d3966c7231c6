"""Turn the HTML of any article into canonical HTML (``model.Node``), with a finding for each thing removed."""

from converter.cleaner.article import clean

__all__ = ["clean"]

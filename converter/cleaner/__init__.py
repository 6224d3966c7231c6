"""The cleaner: any article's HTML becomes canonical HTML (``model.Node``), nothing lost in silence."""

from converter.cleaner.walk import clean

__all__ = ["clean"]

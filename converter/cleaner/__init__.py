"""The cleaner: any article's HTML becomes canonical HTML (``model.Node``); what goes leaves a finding."""

from converter.cleaner.article import clean

__all__ = ["clean"]

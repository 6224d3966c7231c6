"""Options (how to convert), the table of settings that checks them, flavors, configuration files."""

from converter.options.settings import Options, require_options

DEFAULT_OPTIONS = Options()
"""The options of a call that names none."""

__all__ = ["DEFAULT_OPTIONS", "Options", "require_options"]

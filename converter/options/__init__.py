"""Options (how to convert), the table of settings that checks them, flavors, configuration files."""

from converter.options.settings import Options, require_options

__all__ = ["Options", "require_options"]

"""Options: how to convert, the table of settings behind them, flavors, configuration files."""

from converter.options.settings import Options

__all__ = ["Options"]

"""The errors that the package raises on purpose."""

from __future__ import annotations


class Csdn2mdError(Exception):
    """Base class of every error that this package raises on purpose."""


class ConversionError(Csdn2mdError):
    """A source cannot be converted.

    name: the source's file, empty if it is not known.
    line: the line in it, counted from 1; 0 if it is not known.
    """

    def __init__(self, message: str, *, name: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.name, self.line = message, name, line

    def __str__(self) -> str:
        origin = f"{self.name}:{self.line}" if self.line and self.name else self.name
        return f"{origin}: {self.message}" if origin else self.message


class OptionError(Csdn2mdError):
    """An option, an argument or a key of a configuration file has a value that is not allowed."""

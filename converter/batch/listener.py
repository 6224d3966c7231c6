"""The base class of objects that are told what happens during a run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.batch.values import Row


class Listener(ABC):
    """Is told of a run while it goes on; of each document, and where it wants to know, of the progress."""

    @abstractmethod
    def row(self, row: Row, /) -> None:
        """Receive the final row of a document (in the order of the plan)."""

    def planned(self, total: int) -> None:
        """Receive how many documents are to be done."""
        return

    def received(self, count: int) -> None:
        """Receive, as time passes, how many documents are converted, if not yet in place."""
        return

"""How an event of the ledger reads: the table keeps codes and facts, and sentences are written when it is read."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from models.core.text import counted
from models.core.vocabulary import LedgerEventKind


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """What became of the plan when official text was adopted: slots filled, keys new or not needed, N then and now.

    The ledger keeps it as JSON in the column `after`.
    """

    filled: int
    new: Sequence[str]
    not_needed: Sequence[str]
    counted: Sequence[int]

    @classmethod
    def read(cls, text: str) -> Self:
        """From the ledger's column."""
        return cls(**json.loads(text))

    def write(self) -> str:
        """For the ledger's column."""
        return json.dumps(asdict(self))

    def __str__(self) -> str:
        parts = [f"{counted(self.filled, 'slot')} filled"]
        if self.new:
            parts.append(f"{len(self.new)} new ({', '.join(self.new)})")
        if self.not_needed:
            parts.append(
                f"{counted(len(self.not_needed), 'placeholder')} no longer needed ({', '.join(self.not_needed)})"
            )
        return f"{LedgerEventKind.ADOPTED.label}: {', '.join(parts)}; {count_words(*self.counted)}"


def count_words(before: int, after: int) -> str:
    """N stays 43; N goes from 43 to 44."""
    return f"N stays {after}" if before == after else f"N goes from {before} to {after}"


def event_words(event: LedgerEventKind, before: str | None, after: str | None) -> str:
    """Withdrawn; merged: nothing → I33; official text adopted: 40 slots filled; N stays 43."""
    if event is LedgerEventKind.ADOPTED and after:
        return str(AdoptionFacts.read(after))
    return event.label + (f": {before or 'nothing'} → {after or 'nothing'}" if before or after else "")

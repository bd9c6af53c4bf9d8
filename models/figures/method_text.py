"""The method in words, as screens and reports print it; the text is in method.md.

It describes what models/figures/standing.py, models/figures/rollup.py and models/progress/latest.py compute. A changed
formula is a new version of the method and a restated series, never a silent change.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from models.plan.schema_parts import Settings

_TEXT = Path(__file__).with_name("method.md").read_text(encoding="utf-8")
_HEAD, *_PARTS = re.split(r"^## ", _TEXT, flags=re.MULTILINE)
_ENTRY = re.compile(r"\*\*(.+?)\*\*: (.+)", re.DOTALL)

METHOD_VERSION = int(_HEAD.split()[-1])
"""The version in the first line of method.md."""


@dataclass(frozen=True, slots=True)
class MethodPart:
    """A chapter of the method: its title, and its terms with their meanings."""

    title: str
    entries: tuple[tuple[str, str], ...]


def method(settings: Settings) -> tuple[MethodPart, ...]:
    """Return the whole method, with the settings of the edition inserted."""
    return tuple(_part(text.format(**dict(settings))) for text in _PARTS)


def _part(text: str) -> MethodPart:
    title, *paragraphs = text.strip().split("\n\n")
    entries = (_ENTRY.fullmatch(" ".join(paragraph.split())) for paragraph in paragraphs)
    return MethodPart(title, tuple((entry[1], entry[2]) for entry in entries if entry))

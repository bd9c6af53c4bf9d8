"""The method in the reader's words, as screens and reports print it; the words stand in method.md.

They say what models/figures/standing.py, models/figures/rollup.py and models/progress/latest.py compute, and change
with them only: a changed formula is a new version there and a restated series, never a silent change.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from models.plan.schema_parts import Settings

_TEXT = Path(__file__).with_name("method.md").read_text(encoding="utf-8")
_HEAD, *_PARTS = re.split(r"^## ", _TEXT, flags=re.MULTILINE)
_ENTRY = re.compile(r"\*\*(.+?)\*\*: (.+)", re.DOTALL)

METHOD_VERSION = int(_HEAD.split()[-1])
"""Stands in the first line of method.md."""


@dataclass(frozen=True, slots=True)
class MethodPart:
    """One chapter of the method: what it is about, and each word in it with what it means."""

    title: str
    entries: tuple[tuple[str, str], ...]


def method(settings: Settings) -> tuple[MethodPart, ...]:
    """The whole method, with the settings of the edition written out."""
    return tuple(_part(text.format(**dict(settings))) for text in _PARTS)


def _part(text: str) -> MethodPart:
    title, *paragraphs = text.strip().split("\n\n")
    found = (_ENTRY.fullmatch(" ".join(paragraph.split())) for paragraph in paragraphs)
    return MethodPart(title, tuple((entry[1], entry[2]) for entry in found if entry))

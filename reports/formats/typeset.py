"""The PDF, and pictures for Word and PowerPoint, set by Typst; the only module that uses it.

Texts reach the templates as JSON through sys.inputs, so that markup in them stays text.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from models.figures.health_label import HealthLabel
from reports.formats.shipped_fonts import FOLDER as FONTS
from reports.formats.shipped_fonts import not_drawn, stand_in_note, writable
from reports.parts.glance import Glance
from reports.parts.marks import DatedLine, MatrixCell, ProgressMark, StatusMatrix
from reports.parts.symbols import matrix_legend, status_symbol, status_word, symbol
from reports.report import Report, Section

TEMPLATES = Path(__file__).parent.parent / "templates"
STANDARDS = ["ua-1", "a-2a"]
PRINT = 300
"""Dots per inch of a picture for print."""

_ONE_AT_A_TIME = Lock()
"""A compiler works on one document at a time."""

EMPTY_DOCUMENTS = 4
"""Typst caches the layout of its last ten documents, tens of megabytes for a report. This many empty documents after
each report remove all but the last two.
"""


@cache
def _compiler(template: str) -> typst.Compiler:
    """Kept with its fonts and cache: a second report is set in a fraction of the time."""
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    """The shipped fonts and no others: the same shapes on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def write_pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF for archives (PDF/UA-1 and PDF/A-2a), dated with the snapshot's moment.

    Where the shipped fonts lack a character its code replaces it, and the foot of every page says so.
    """
    content = _plain({name: getattr(report, name) for name in ("head", "sections", "foot", "demonstration")})
    made_at = report.made_at.astimezone(UTC)
    content["made_at"] = {part: getattr(made_at, part) for part in ("year", "month", "day", "hour", "minute", "second")}
    note = stand_in_note(len(not_drawn(_texts(content))))
    content["foot"] = f"{report.foot} {note}".strip()
    inputs = {"report": _json(content)}
    pdf = _compile("report.typ", inputs, format="pdf", pdf_standards=STANDARDS, timestamp=int(made_at.timestamp()))
    for _ in range(EMPTY_DOCUMENTS):
        _compile("nothing.typ", {}, format="svg")
    return pdf


def trend_picture(line: DatedLine, *, width: float = 17.0, height: float = 5.0, text: float = 8.0) -> bytes:
    """Return the dated line as a PNG for print: `width` and `height` in centimetres, `text` in points at that size."""
    sizes = {"width": str(width), "height": str(height), "text": str(text)}
    inputs = {"mark": _json(_plain(line))} | sizes
    return _compile("picture.typ", inputs, format="png", ppi=PRINT)


def _compile(template: str, inputs: dict[str, str], **form: Any) -> bytes:
    with _ONE_AT_A_TIME:
        output = _compiler(template).compile(sys_inputs=inputs, **form)
    if not isinstance(output, bytes):
        message = f"{template} gave no single file"
        raise TypeError(message)
    return output


COMPUTED: dict[type, Callable[[Any], dict[str, Any]]] = {
    HealthLabel: lambda label: {"symbol": symbol(label), "word": label.word, "legend": label.legend},
    ProgressMark: lambda mark: {"sentence": mark.sentence, "expected_is_assumed": mark.expected_is_assumed},
    Section: lambda section: {"heading": section.heading},
    Glance: lambda glance: {"legend": glance.legend, "note": glance.note},
    MatrixCell: lambda cell: {"symbol": status_symbol(cell), "word": status_word(cell)},
    StatusMatrix: lambda _: {"legend": matrix_legend()},
}
"""What goes to the templates beside the fields: the symbols and words that accompany a mark."""


def _plain(value: Any) -> Any:
    """A description as JSON; a date is its ordinal, so that a template can place it."""
    if is_dataclass(value):
        kind = type(value)
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {"kind": kind.__name__.lower()} | _plain(named | COMPUTED.get(kind, lambda _: {})(value))
    if isinstance(value, dict):
        return {name: _plain(element) for name, element in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(element) for element in value]
    return value.toordinal() if isinstance(value, date) else value


def _texts(plain: Any) -> Iterator[str]:
    """Every text of a description in JSON."""
    if isinstance(plain, dict | list):
        for element in plain.values() if isinstance(plain, dict) else plain:
            yield from _texts(element)
    elif isinstance(plain, str):
        yield plain


def _json(plain: Any) -> str:
    return json.dumps(_printable(plain), ensure_ascii=False)


def _printable(plain: Any) -> Any:
    """The same description with texts that the shipped fonts can draw, and no line break before a percent sign."""
    if isinstance(plain, dict):
        return {name: _printable(element) for name, element in plain.items()}
    if isinstance(plain, list):
        return [_printable(element) for element in plain]
    return writable(plain).replace(" %", "\u00a0%") if isinstance(plain, str) else plain

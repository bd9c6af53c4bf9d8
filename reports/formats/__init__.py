"""The formats of a report: one writer per format, which takes a Report and returns the bytes of a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from models.core.vocabulary import Word
from reports.report import Report

Writer = Callable[[Report], bytes]

_OFFICE = "application/vnd.openxmlformats-officedocument"


class Format(Word):
    """The formats of a report; the values are those of `--format` and of file names."""

    WORD = "docx", "Word"
    PDF = "pdf", "PDF"
    EXCEL = "xlsx", "Excel"
    POWERPOINT = "pptx", "PowerPoint"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"

    @property
    def mime(self) -> str:
        """The media type of the file."""
        return _MIMES[self]


_MIMES: Mapping[Format, str] = {
    Format.WORD: f"{_OFFICE}.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.EXCEL: f"{_OFFICE}.spreadsheetml.sheet",
    Format.POWERPOINT: f"{_OFFICE}.presentationml.presentation",
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
}


# Each library is loaded with the first report that needs it, not with the page that offers the formats.
def _word(report: Report, template: Path | None = None) -> bytes:
    from reports.formats.word.write import write_word

    return write_word(report, template)


def _pdf(report: Report) -> bytes:
    from reports.formats.typeset import write_pdf

    return write_pdf(report)


def _excel(report: Report) -> bytes:
    from reports.formats.excel.write import write_excel

    return write_excel(report)


def _powerpoint(report: Report) -> bytes:
    from reports.formats.powerpoint.write import write_powerpoint

    return write_powerpoint(report)


def _csv(report: Report) -> bytes:
    from reports.formats.csv_file import write_csv

    return write_csv(report)


def _json(report: Report) -> bytes:
    from reports.formats.json_file import write_json

    return write_json(report)


WRITERS: Mapping[Format, Writer] = {
    Format.WORD: _word,
    Format.PDF: _pdf,
    Format.EXCEL: _excel,
    Format.POWERPOINT: _powerpoint,
    Format.CSV: _csv,
    Format.JSON: _json,
}
"""One writer per format."""


def write(report: Report, form: Format, *, template: Path | None) -> bytes:
    """The file of a report; `template` is the Word document that the secretariat restyled, None for the shipped one."""
    return _word(report, template) if form is Format.WORD else WRITERS[form](report)

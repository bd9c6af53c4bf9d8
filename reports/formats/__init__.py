"""The formats of a report: one writer per format, which takes a Report and returns the bytes of a file."""

from collections.abc import Mapping
from pathlib import Path

from models.core.vocabulary import Word
from reports.report import Report

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


def write(report: Report, form: Format, *, template: Path | None = None) -> bytes:
    """The file of a report; `template` is the Word document that the secretariat restyled, None for the shipped one.

    Each library is loaded with the first report that needs it, not with the page that offers the formats.
    """
    match form:
        case Format.WORD:
            from reports.formats.word.write import write_word

            return write_word(report, template)
        case Format.PDF:
            from reports.formats.typeset import write_pdf as written
        case Format.EXCEL:
            from reports.formats.excel.write import write_excel as written
        case Format.POWERPOINT:
            from reports.formats.powerpoint.write import write_powerpoint as written
        case Format.CSV:
            from reports.formats.csv_file import write_csv as written
        case Format.JSON:
            from reports.formats.json_file import write_json as written
    return written(report)

"""The data of the report as one CSV file in long form: table, row, field, value, with a dictionary of fields."""

from collections.abc import Iterator
from dataclasses import asdict

from models.core.csv import csv_text
from reports.report import Records, Report

HEADS = ("table", "row", "field", "value")
REPORT, DICTIONARY = "report", "dictionary"
KEYS = (("key",), ("by", "key"), ("name",))
"""The fields that identify a row, where they are unique; else the row has a number."""


def write_csv(report: Report) -> bytes:
    """Return the file in UTF-8 with the byte order mark that spreadsheets expect."""
    return csv_text(HEADS, _lines(report)).encode()


def _lines(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """First the report's head and foot, then its tables, then the meaning of each field."""
    notice = {"demonstration": report.demonstration} if report.demonstration else {}
    for field, value in (notice | asdict(report.head) | {"foot": report.foot}).items():
        yield REPORT, "1", field, value
    for records in report.records:
        for row, facts in zip(_row_labels(records), records.facts, strict=True):
            for name, value in facts.items():
                yield records.key, row, name, "" if value is None else str(value)
    for records in report.records:
        for field in records.fields:
            yield DICTIONARY, records.key, field.name, field.meaning


def _row_labels(records: Records) -> list[str]:
    for key in KEYS:
        if {field.name for field in records.fields}.issuperset(key):
            labels = ["/".join(str(facts[part]) for part in key) for facts in records.facts]
            if len(set(labels)) == len(labels):
                return labels
    return [str(number) for number in range(1, len(records.rows) + 1)]

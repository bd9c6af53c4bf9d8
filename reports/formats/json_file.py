"""The data of the report as JSON: head, foot, tables, and the meaning of each field."""

from dataclasses import asdict
from datetime import date
from typing import Any

from models.plan.canonical import canonical
from reports.report import Report, Value


def write_json(report: Report) -> bytes:
    """Return canonical JSON in UTF-8: keys sorted, no spaces, ISO dates, null where nothing was reported."""
    return canonical(
        {
            "demonstration": report.demonstration,
            "head": asdict(report.head),
            "foot": report.foot,
            "made_at": report.made_at.isoformat(),
            "display": report.display.value,
            "tables": {records.key: list(map(_plain, records.facts)) for records in report.records},
            "dictionary": {
                records.key: {field.name: field.meaning for field in records.fields} for records in report.records
            },
        }
    )


def _plain(facts: dict[str, Value]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}

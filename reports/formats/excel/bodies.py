"""One sheet for each body that leads something: its initiatives, and below each the statements on its commitments."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.formats.excel.book import A3, FIRST_ROW, TOTALS, Book, Content, Formula, Head
from reports.formats.excel.matrix import Facts, about, due, facts_of, titled
from reports.formats.excel.sums import WIDTHS, figure_cells
from reports.report import Report, Value

COLUMNS = (
    *(Head("Key", 7), Head("Initiative", 48), Head("Party", 9), Head("Due", 21), Head("Health", 24)),
    *(Head("Status", 16), Head("Progress %", 12)),
)
SAID = ("narrative", "next_step", "obstacles", "support_needed", "evidence")
"""The columns of the log that are repeated, where the audience may read them."""
FROZEN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and whether it heads the rows that can be folded below it."""

    contents: list[Content]
    leads: bool


def write_bodies(book: Book, report: Report) -> None:
    """Write a sheet for each body in the plan's order; bodies that lead nothing have none."""
    leading = {row["lead"] for row in facts_of(report.records_of("initiatives"))}
    for row in facts_of(report.records_of("figures")):
        if row["by"] == "body" and row["key"] in leading:
            _write(book, report, row)


def _write(book: Book, report: Report, body: Facts) -> None:
    log = report.records_of("commitments")
    fields = [field for field in log.fields if field.name in SAID]
    key, name = str(body["key"]), str(body["name"])
    label = name if name == key else f"{name} ({key})"
    heads = [*COLUMNS, *(Head(field.title, WIDTHS[field.name]) for field in fields)]
    page = book.page(book.free_title(key), f"Initiatives led by the {label}", heads)
    lines = _rows(report, key, [field.name for field in fields])
    for number, line in enumerate(lines, start=FIRST_ROW):
        page.row(number, line.contents, ground=TOTALS if line.leads else "")
        page.sheet.row_dimensions[number].outlineLevel = 0 if line.leads else 1
    page.sheet.sheet_properties.outlinePr.summaryBelow = False  # type: ignore[union-attr]  # every new sheet has one
    last = FIRST_ROW + len(lines) - 1
    page.row(last + 1, _total(report, body), ground=TOTALS)
    page.close(last + 1, frozen=FROZEN, filtered=last, paper=A3)


def _rows(report: Report, lead: str, fields: Sequence[str]) -> list[Line]:
    """An initiative with a single commitment is a single row; else its commitments follow it."""
    log = facts_of(report.records_of("commitments"))
    lines: list[Line] = []
    for initiative in facts_of(report.records_of("initiatives")):
        if initiative["lead"] != lead:
            continue
        ours = [entry for entry in log if entry["initiative"] == initiative["key"]]
        if len(ours) == 1:
            lines.append(Line(_commitment(initiative, ours[0], fields, alone=True), leads=True))
        else:
            lines.append(Line(_initiative(initiative), leads=True))
            lines += [Line(_commitment(initiative, entry, fields), leads=False) for entry in ours]
    return lines


def _initiative(row: Facts) -> list[Content]:
    key, title, _measure, _lead, when, health, progress = about(row, {})
    reported: Value = f"{row['reported']} of {row['commitments']} reported" if row["counted"] else None
    return [key, title, "all", when, health, reported, progress]


def _commitment(initiative: Facts, entry: Facts, fields: Sequence[str], *, alone: bool = False) -> list[Content]:
    percent = about(initiative, {})[-1] if alone else entry["percent"]
    start: list[Content] = [entry["initiative"], titled(initiative), entry["party"], due(entry), entry["health"]]
    return [*start, entry["status"], percent, *(entry[name] for name in fields)]


def _total(report: Report, body: Facts) -> list[Content]:
    """The totals of the body, taken from the sheet Figures."""
    cells = figure_cells(report.records_of("figures"), "body", str(body["key"]))
    text = f"{body['completed']} of {body['in_scope']} completed"
    completed = Formula(f'={cells["completed"]}&" of "&{cells["in_scope"]}&" completed"', text)
    progress = body["progress_percent"] if body["commitments_reported"] else "no report"
    return ["", "All", "all", None, None, completed, Formula(f"={cells['progress_percent']}", progress)]

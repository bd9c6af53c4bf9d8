"""One sheet for each body that leads something: its initiatives, and below each what was said of its commitments."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.formats.excel.book import A3, FIRST_ROW, TOTALS, Book, Content, Head, Live
from reports.formats.excel.matrix import Facts, about, due, facts_of, titled
from reports.formats.excel.sums import WIDTHS, figure_cells
from reports.report import Report, Value

COLUMNS = (
    *(Head("Key", 7), Head("Initiative", 48), Head("Party", 9), Head("Due", 21), Head("Stands", 24)),
    *(Head("Status", 16), Head("Progress %", 12)),
)
SAID = ("narrative", "next_step", "obstacles", "support_needed", "evidence")
"""What is repeated of the log, where the display has it."""
FROZEN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and whether it leads those that can be folded away below it."""

    contents: list[Content]
    leads: bool


def write_bodies(book: Book, report: Report) -> None:
    """In the plan's order of bodies; those that lead nothing have no sheet."""
    leading = {one["lead"] for one in facts_of(report.records_of("initiatives"))}
    for one in facts_of(report.records_of("figures")):
        if one["by"] == "body" and one["key"] in leading:
            _write(book, report, one)


def _write(book: Book, report: Report, body: Facts) -> None:
    log = report.records_of("commitments")
    said = [one for one in log.fields if one.name in SAID]
    key, name = str(body["key"]), str(body["name"])
    told = name if name == key else f"{name} ({key})"
    heads = [*COLUMNS, *(Head(one.title, WIDTHS[one.name]) for one in said)]
    page = book.page(book.free_title(key), f"Initiatives led by {told}", heads)
    lines = _rows(report, key, [one.name for one in said])
    for number, line in enumerate(lines, start=FIRST_ROW):
        page.row(number, line.contents, ground=TOTALS if line.leads else "")
        page.sheet.row_dimensions[number].outlineLevel = 0 if line.leads else 1
    page.sheet.sheet_properties.outlinePr.summaryBelow = False  # type: ignore[union-attr]  # every new sheet has one
    last = FIRST_ROW + len(lines) - 1
    page.row(last + 1, _total(report, body), ground=TOTALS)
    page.close(last + 1, frozen=FROZEN, filtered=last, paper=A3)


def _rows(report: Report, lead: str, said: Sequence[str]) -> list[Line]:
    """An initiative with one commitment is one row; else its commitments follow it."""
    log = facts_of(report.records_of("commitments"))
    lines: list[Line] = []
    for one in facts_of(report.records_of("initiatives")):
        ours = [each for each in log if each["initiative"] == one["key"]] if one["lead"] == lead else []
        if len(ours) == 1:
            lines.append(Line(_commitment(one, ours[0], said, alone=True), leads=True))
        elif one["lead"] == lead:
            lines.append(Line(_initiative(one), leads=True))
            lines += [Line(_commitment(one, each, said), leads=False) for each in ours]
    return lines


def _initiative(one: Facts) -> list[Content]:
    key, title, _measure, _lead, when, health, progress = about(one, {})
    reported: Value = f"{one['reported']} of {one['commitments']} reported" if one["counted"] else None
    return [key, title, "all", when, health, reported, progress]


def _commitment(one: Facts, each: Facts, said: Sequence[str], *, alone: bool = False) -> list[Content]:
    percent = about(one, {})[-1] if alone else each["percent"]
    about_it: list[Content] = [each["initiative"], titled(one), each["party"], due(each), each["health"]]
    return [*about_it, each["status"], percent, *(each[name] for name in said)]


def _total(report: Report, body: Facts) -> list[Content]:
    """What the sheet Figures says of the body."""
    at = figure_cells(report.records_of("figures"), "body", str(body["key"]))
    told = f"{body['completed']} of {body['in_scope']} completed"
    completed = Live(f'={at["completed"]}&" of "&{at["in_scope"]}&" completed"', told)
    progress = body["progress_percent"] if body["commitments_reported"] else "no report"
    return ["", "All", "all", None, None, completed, Live(f"={at['progress_percent']}", progress)]

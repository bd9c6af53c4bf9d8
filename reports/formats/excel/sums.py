"""The sheets of data; on Figures and Initiatives every figure is a formula over the data below it.

A commitment's percent is in the log; an initiative's progress is computed from the log, a group's from its
initiatives. Texts are compared with `=`, because COUNTIF treats 1.1 and 1.10 as the same number. A value is rounded to
nine decimals before it is rounded down: 57 may be 56.99999999999999 in a spreadsheet.
"""

from collections.abc import Mapping, Sequence

from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname

from reports.formats.excel.book import A3, A4, FIRST_ROW, Book, Content, Formula, SheetHead
from reports.report import Records, Report, Value

NO_REPORT = "no report"
WITHHELD = ("completed_percent", "progress_percent", "expected_percent")
"""Withheld while a group has no report, because a zero would be misleading."""
NOT_YET = "withheld"
"""In place of every percentage early in the first cycle; the sheet About says until when."""
SPARE = ("counted", "needed", "progress", "expected", "stale", "due_assumed", "excluded", "weight", "original_due")
"""Columns that only the formulas need; folded."""

_WIDE = {
    60: ("narrative", "text"),
    50: ("reason", "title", "name"),
    40: ("next_step", "obstacles", "support_needed", "evidence", "request_reason", "closing"),
    24: ("before", "after", "health", "event", "themes", "assumed"),
    14: ("wording", "status", "commitments", "initiatives"),
    9: ("key", "code", "measure", "activity", "party", "weight"),
}
WIDTHS = {name: width for width, names in _WIDE.items() for name in names}
OTHER_WIDTH = 12


def write_data(book: Book, report: Report, records: Records, frozen: int) -> None:
    """Write a sheet of data; the columns that formulas use are named, such as log_status or initiatives_lead."""
    linked = records.key in {"initiatives", "commitments"}
    heads = [
        SheetHead(field.title, WIDTHS.get(field.name, OTHER_WIDTH), spare=linked and field.name in SPARE)
        for field in records.fields
    ]
    banner = records.title if records.rows else f"{records.title}: no rows in this report"
    page = book.page(records.title, banner, heads)
    logged = bool(report.records_of("commitments").rows)
    for number, facts in enumerate(records.facts, start=FIRST_ROW):
        contents: list[Content] = list(facts.values())
        if records.key == "figures":
            contents = _figure_row(records, number, facts)
        elif records.key == "initiatives":
            contents = _initiative_row(records, number, facts, logged=logged)
        if report.withheld:
            contents = _early(facts, contents)
        page.row(number, contents)
    last = FIRST_ROW + len(records.rows) - 1
    if linked:
        prefix = "log" if records.key == "commitments" else records.key
        for column, field in enumerate(records.fields, start=1):
            letter = get_column_letter(column)
            cells = f"${letter}${FIRST_ROW}:${letter}${max(last, FIRST_ROW)}"
            book.name(f"{prefix}_{field.name}", page, cells)
    page.close(last, frozen=frozen, filtered=last, paper=A3 if len(records.fields) > 12 else A4)


def _early(facts: Mapping[str, Value], contents: Sequence[Content]) -> list[Content]:
    """The cells of a row without the formulas of percentages that are withheld: they would give them away."""
    cells = dict(zip(facts, contents, strict=True))
    withheld = {name: None if cells[name] is None else NOT_YET for name in cells.keys() & set(WITHHELD)}
    return list((cells | dict.fromkeys(cells.keys() & {"progress", "expected"}) | withheld).values())


def progress_of(report: Report, facts: Mapping[str, Value], reported: Value) -> Value:
    """Return what the cell of a row's progress holds."""
    if report.withheld:
        return NOT_YET
    return facts["progress_percent"] if reported else NO_REPORT


def _cells(records: Records, number: int) -> dict[str, str]:
    """The reference to each cell of a row by the name of its field."""
    return {field.name: f"{get_column_letter(column)}{number}" for column, field in enumerate(records.fields, start=1)}


def _with_formulas(
    facts: Mapping[str, Value], formulas: Mapping[str, str], reported: Value, withheld: Sequence[str]
) -> list[Content]:
    """The cells of a row; some results are withheld while nothing is reported."""
    results = {**facts, **{name: NO_REPORT for name in withheld if not reported}}
    return [Formula(formulas[name], results[name]) if name in formulas else fact for name, fact in facts.items()]


def _initiative_row(records: Records, number: int, facts: Mapping[str, Value], *, logged: bool) -> list[Content]:
    """The cells of an initiative; where its commitments are in the log, they are formulas over it."""
    cells = _cells(records, number)
    formulas = {**_percent_formulas(cells), **(_log_formulas(cells) if logged else {})} if facts["counted"] else {}
    return _with_formulas(facts, formulas, facts["reported"], WITHHELD[1:])


def _log_formulas(cells: Mapping[str, str]) -> dict[str, str]:
    own_rows = f"(log_initiative=${cells['key']})*log_counted"
    return {
        "commitments": f"=SUMPRODUCT({own_rows})",
        "reported": f'=SUMPRODUCT({own_rows}*(log_status<>"{NO_REPORT}"))',
        "completed": f'=IF(SUMPRODUCT({own_rows}*(log_status="completed"))>={cells["needed"]},1,0)',
        "progress": f"=IF({cells['completed']}=1,100,SUMPRODUCT({own_rows}*log_percent)/{cells['commitments']})",
        "expected": f"=SUMPRODUCT({own_rows}*log_expected)/{cells['commitments']}",
    }


def _percent_formulas(cells: Mapping[str, str]) -> dict[str, str]:
    not_reported = f'{cells["reported"]}=0,"{NO_REPORT}"'
    return {
        "progress_percent": f"=IF({not_reported},INT(ROUND({cells['progress']},9)))",
        "expected_percent": f"=IF({not_reported},INT(ROUND({cells['expected']},9)))",
    }


_LISTED = 'ISNUMBER(SEARCH(", "&{key}&",",", "&%s&","))'
MEMBERS = {
    "plan": "1",
    "measure": "(initiatives_measure={key})",
    "activity": "(initiatives_activity={key})",
    "initiative": "(initiatives_key={key})",
    "body": "(initiatives_lead={key})",
    "champion": _LISTED % "initiatives_champions",
    "theme": _LISTED % "initiatives_themes",
    "state": "(log_party={key})",
}
"""By grouping: which rows of data are members of a group, from the cell that holds its key; of a state in the log."""

OF_INITIATIVES = {
    "completed": "initiatives_completed",
    "progress": "initiatives_progress",
    "commitments": "initiatives_commitments",
    "commitments_reported": "initiatives_reported",
    "without_report": "(initiatives_reported=0)",
    "excluded": '(initiatives_health="excluded")',
}
OF_LOG = {
    "completed": '(log_status="completed")',
    "progress": "log_percent",
    "commitments": "1",
    "commitments_reported": f'(log_status<>"{NO_REPORT}")',
    "without_report": f'(log_status="{NO_REPORT}")',
    "excluded": '(log_excluded<>"")',
}
"""The terms of each figure in the two sheets of data."""


def _figure_row(records: Records, number: int, facts: Mapping[str, Value]) -> list[Content]:
    """The cells of a group: its key and name, and a formula for every figure."""
    formulas = _figures(str(facts["by"]), _cells(records, number))
    return _with_formulas(facts, formulas, facts["commitments_reported"] or not facts["in_scope"], WITHHELD)


def figure_cells(records: Records, by: str, key: str) -> dict[str, str]:
    """Return the references to the figures of a group, for other sheets."""
    number = next(position for position, row in enumerate(records.rows, start=FIRST_ROW) if row[:2] == (by, key))
    sheet = quote_sheetname(records.title)
    return {name: f"{sheet}!{absolute_coordinate(cell)}" for name, cell in _cells(records, number).items()}


def _figures(by: str, cells: Mapping[str, str]) -> dict[str, str]:
    data, terms = ("log", OF_LOG) if by == "state" else ("initiatives", OF_INITIATIVES)
    members = MEMBERS[by].format(key=f"${cells['key']}")
    counted, weights = f"{members}*{data}_counted", f"{members}*{data}_counted*{data}_weight"
    due = f"({data}_due<=as_of)"
    sums = {
        "in_scope": "1",
        "completed": terms["completed"],
        "due": due,
        "due_completed": f"{due}*{terms['completed']}",
        "late": f"({data}_due<as_of)*(1-{terms['completed']})",
        "due_moved": f"({data}_due<>{data}_original_due)",
        "commitments": terms["commitments"],
        "commitments_reported": terms["commitments_reported"],
        "without_report": terms["without_report"],
        "stale": f"{data}_stale",
        "assumed_due": f"{data}_due_assumed",
    }
    means = {"progress": terms["progress"], "expected": f"{data}_expected"}
    formulas = {name: f"=SUMPRODUCT({counted}*{summed})" for name, summed in sums.items()}
    formulas["excluded"] = f"=SUMPRODUCT({members}*{terms['excluded']})"
    formulas["completed_percent"] = _percent(f"100*{cells['completed']}/{cells['in_scope']}", cells)
    for name, summed in means.items():
        formulas[f"{name}_percent"] = _percent(f"SUMPRODUCT({weights}*{summed})/SUMPRODUCT({weights})", cells)
    return formulas


def _percent(exact: str, cells: Mapping[str, str]) -> str:
    """Rounded down; empty for an empty group, withheld while nothing is reported."""
    withheld = f'IF({cells["commitments_reported"]}=0,"{NO_REPORT}",INT(ROUND({exact},9)))'
    return f'=IF({cells["in_scope"]}=0,"",{withheld})'

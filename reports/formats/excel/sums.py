"""The sheets Figures and Initiatives: every figure as a formula over the data below it.

A commitment's percent is in the log; an initiative's progress is computed from the log, a group's from its
initiatives. Texts are compared with `=`, because COUNTIF treats 1.1 and 1.10 as the same number. A value is rounded to
nine decimals before it is rounded down: 57 may be 56.99999999999999 in a spreadsheet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname

from reports.formats.excel.book import FIRST_ROW, Book, Content, Formula, Head, Page
from reports.report import Records, Value

NO_REPORT = "no report"
WITHHELD = ("completed_percent", "progress_percent", "expected_percent")
"""Withheld while a group has no report, because a zero would be misleading."""
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


def heads_of(records: Records) -> tuple[Head, ...]:
    """Return the column heads of the records."""
    spare = SPARE if records.key in {"initiatives", "commitments"} else ()
    return tuple(
        Head(field.title, WIDTHS.get(field.name, OTHER_WIDTH), spare=field.name in spare) for field in records.fields
    )


def last_row(records: Records) -> int:
    """Return the last row of data; the row above the first where there is none."""
    return FIRST_ROW + len(records.rows) - 1


def name_columns(book: Book, page: Page, records: Records, prefix: str) -> None:
    """Name each column of data: log_status, initiatives_lead."""
    for number, field in enumerate(records.fields, start=1):
        book.name(f"{prefix}_{field.name}", page, number, last_row(records))


def initiative_row(records: Records, number: int, row: tuple[Value, ...], *, logged: bool) -> list[Content]:
    """Return the cells of an initiative; where its commitments are in the log, they are formulas over it."""
    facts = dict(zip((field.name for field in records.fields), row, strict=True))
    cells = {field.name: f"{get_column_letter(place)}{number}" for place, field in enumerate(records.fields, start=1)}
    contents: dict[str, Content] = dict(facts)
    if facts["counted"]:
        formulas = _of_percents(cells) | (_of_log(cells) if logged else {})
        silent = not facts["reported"]
        results = facts | {name: NO_REPORT for name in ("progress_percent", "expected_percent") if silent}
        contents |= {name: Formula(formula, results[name]) for name, formula in formulas.items()}
    return list(contents.values())


def _of_log(cells: Mapping[str, str]) -> dict[str, str]:
    ours = f"(log_initiative=${cells['key']})*log_counted"
    return {
        "commitments": f"=SUMPRODUCT({ours})",
        "reported": f'=SUMPRODUCT({ours}*(log_status<>"{NO_REPORT}"))',
        "completed": f'=IF(SUMPRODUCT({ours}*(log_status="completed"))>={cells["needed"]},1,0)',
        "progress": f"=IF({cells['completed']}=1,100,SUMPRODUCT({ours}*log_percent)/{cells['commitments']})",
        "expected": f"=SUMPRODUCT({ours}*log_expected)/{cells['commitments']}",
    }


def _of_percents(cells: Mapping[str, str]) -> dict[str, str]:
    silent = f'{cells["reported"]}=0,"{NO_REPORT}"'
    return {
        "progress_percent": f"=IF({silent},INT(ROUND({cells['progress']},9)))",
        "expected_percent": f"=IF({silent},INT(ROUND({cells['expected']},9)))",
    }


@dataclass(frozen=True, slots=True)
class Members:
    """Which rows of which data a group is made of: the data's prefix, and the condition on a row."""

    data: str
    those: str

    @property
    def counted(self) -> str:
        """Those of them in scope."""
        return f"{self.those}*{self.data}_counted"


def _is(column: str) -> Callable[[str], Members]:
    data = column.partition("_")[0]
    return lambda key: Members(data, f"({column}={key})")


def _lists(column: str) -> Callable[[str], Members]:
    data = column.partition("_")[0]
    return lambda key: Members(data, f'ISNUMBER(SEARCH(", "&{key}&",",", "&{column}&","))')


MEMBERS: Mapping[str, Callable[[str], Members]] = {
    "plan": lambda _: Members("initiatives", "1"),
    "measure": _is("initiatives_measure"),
    "activity": _is("initiatives_activity"),
    "initiative": _is("initiatives_key"),
    "body": _is("initiatives_lead"),
    "champion": _lists("initiatives_champions"),
    "theme": _lists("initiatives_themes"),
    "state": _is("log_party"),
}
"""By grouping: the members of a group, from the cell that holds its key."""

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


def figure_row(records: Records, number: int, row: tuple[Value, ...]) -> list[Content]:
    """Return the cells of a group: its key and name, and a formula for every figure."""
    facts = dict(zip((field.name for field in records.fields), row, strict=True))
    cells = {field.name: f"{get_column_letter(place)}{number}" for place, field in enumerate(records.fields, start=1)}
    silent = bool(facts["in_scope"]) and not facts["commitments_reported"]
    results = facts | {name: NO_REPORT for name in WITHHELD if silent}
    formulas = _figures(MEMBERS[str(facts["by"])](f"${cells['key']}"), cells)
    return [Formula(formulas[name], results[name]) if name in formulas else fact for name, fact in facts.items()]


def figure_cells(records: Records, by: str, key: str) -> dict[str, str]:
    """Return the references to the figures of a group, for other sheets."""
    number = next(place for place, row in enumerate(records.rows, start=FIRST_ROW) if row[:2] == (by, key))
    sheet = quote_sheetname(records.title)
    return {
        field.name: f"{sheet}!${get_column_letter(place)}${number}"
        for place, field in enumerate(records.fields, start=1)
    }


def _figures(members: Members, cells: Mapping[str, str]) -> dict[str, str]:
    terms, data = OF_LOG if members.data == "log" else OF_INITIATIVES, members.data
    due = f"({data}_due<=as_of)"
    sums = {
        "in_scope": "1",
        "completed": terms["completed"],
        "due": due,
        "due_completed": f"{due}*{terms['completed']}",
        "due_moved": f"({data}_due<>{data}_original_due)",
        "commitments": terms["commitments"],
        "commitments_reported": terms["commitments_reported"],
        "without_report": terms["without_report"],
        "stale": f"{data}_stale",
        "assumed_due": f"{data}_due_assumed",
    }
    means = {"progress": terms["progress"], "expected": f"{data}_expected"}
    counted = {name: f"=SUMPRODUCT({members.counted}*{summed})" for name, summed in sums.items()}
    counted["excluded"] = f"=SUMPRODUCT({members.those}*{terms['excluded']})"
    share = f"100*{cells['completed']}/{cells['in_scope']}"
    return counted | {
        "completed_percent": _percent(share, cells),
        **{f"{name}_percent": _percent(_mean(members, summed), cells) for name, summed in means.items()},
    }


def _mean(members: Members, summed: str) -> str:
    weights = f"{members.counted}*{members.data}_weight"
    return f"SUMPRODUCT({weights}*{summed})/SUMPRODUCT({weights})"


def _percent(exact: str, cells: Mapping[str, str]) -> str:
    """Rounded down; empty for an empty group, withheld while nothing is reported."""
    withheld = f'IF({cells["commitments_reported"]}=0,"{NO_REPORT}",INT(ROUND({exact},9)))'
    return f'=IF({cells["in_scope"]}=0,"",{withheld})'

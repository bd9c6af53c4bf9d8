"""The matrix everybody knows: initiatives by parties, with the status that each has reported in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from openpyxl.utils import get_column_letter

from reports.formats.excel.book import A3, FIRST_ROW, TOTALS, Book, Content, Day, Head, Live
from reports.formats.excel.sums import NO_REPORT
from reports.report import Records, Report, Section, Table, Value

MATRIX, ASEAN = "Matrix", "ASEAN"
NOT_APPLICABLE, SHORT = "not applicable", "n/a"
Facts = Mapping[str, Value]

ABOUT = (
    *(Head("Key", 7), Head("Initiative", 48), Head("Measure", 28), Head("Lead", 18), Head("Due", 21)),
    *(Head("Stands", 24), Head("Progress %", 11)),
)
"""What stands before the columns of the parties."""
FROZEN, PARTY_WIDTH = 2, 15
OFFICIAL = "official text"


def facts_of(records: Records) -> list[Facts]:
    """The rows with the names of their columns."""
    names = [one.name for one in records.fields]
    return [dict(zip(names, row, strict=True)) for row in records.rows]


def titled(one: Facts) -> str:
    """Code and title, with the words that must stand beside a title that is not ASEAN's."""
    wording = "" if one["wording"] == OFFICIAL else f" ({one['wording']})"
    return f"{one['code']} {one['title']}{wording}"


def measures(report: Report) -> dict[Value, Value]:
    """What the strategic measures are called."""
    return {one["key"]: one["name"] for one in facts_of(report.records_of("figures")) if one["by"] == "measure"}


def about(one: Facts, named: Mapping[Value, Value]) -> list[Content]:
    """An initiative before its parties; its progress is that of the sheet Initiatives."""
    key = str(one["key"])
    lead = f"{one['lead']} (assumed)" if "lead" in str(one["assumed"]).split(", ") else one["lead"]
    progress = one["progress_percent"] if one["reported"] else NO_REPORT
    found = f'=INDEX(initiatives_progress_percent,MATCH("{key}",initiatives_key,0))'
    shown = Live(found, progress) if one["counted"] else None
    return [key, titled(one), named.get(one["measure"]), lead, due(one), one["health"], shown]


def due(one: Facts) -> Content:
    """The due date, with the word where it is assumed."""
    when = one["due"]
    return Day(when, bool(one["due_assumed"])) if isinstance(when, date) else when


def in_words(said: Facts | None) -> str | None:
    """What a party said of an initiative; nothing where it takes no part, or not yet."""
    if said is None or said["excluded"] not in {None, NOT_APPLICABLE}:
        return None
    if said["status"] in {NO_REPORT, "completed"}:
        return str(said["status"])
    return SHORT if said["status"] == NOT_APPLICABLE else f"{said['status']} {said['percent']} %"


def write_matrix(book: Book, report: Report) -> None:
    """With a column for each party; where a display names none, what the report tells instead."""
    section = report.section("matrix")
    title = section.title if section else MATRIX
    said = facts_of(report.records_of("commitments"))
    if not said:
        _write_described(book, title, section)
        return
    initiatives = facts_of(report.records_of("initiatives"))
    parties = _parties(report, {str(one["party"]) for one in said})
    named = measures(report)
    by_commitment = {(one["initiative"], one["party"]): one for one in said}
    words = [[in_words(by_commitment.get((one["key"], party))) for party in parties] for one in initiatives]
    page = book.page(
        MATRIX,
        f"Initiatives by parties. {title}",
        [*ABOUT, *(Head(name, PARTY_WIDTH) for name in parties.values()), COUNT],
    )
    last = FIRST_ROW + len(initiatives) - 1
    for number, (one, told) in enumerate(zip(initiatives, words, strict=True), start=FIRST_ROW):
        page.row(number, [*about(one, named), *told, completed(_across(number, len(parties)), told)])
    for number, (word, counted) in enumerate((("Completed", completed), ("No report", silent)), start=last + 1):
        page.row(number, ["", word, *[None] * (len(ABOUT) - 2), *_below(words, len(parties), counted)], ground=TOTALS)
    page.close(last + 2, frozen=FROZEN, filtered=last, paper=A3)


COUNT = Head("Completed", 11)
Counter = Callable[[str, Sequence[str | None]], Live]


def completed(cells: str, told: Sequence[str | None]) -> Live:
    """7 of 11: how many of those that take part have completed it."""
    of = len([one for one in told if one and one != SHORT])
    formula = f'=COUNTIF({cells},"completed")&" of "&(COUNTA({cells})-COUNTIF({cells},"{SHORT}"))'
    return Live(formula, f"{list(told).count('completed')} of {of}")


def silent(cells: str, told: Sequence[str | None]) -> Live:
    """How many have not reported."""
    return Live(f'=COUNTIF({cells},"{NO_REPORT}")', list(told).count(NO_REPORT))


def _below(words: Sequence[Sequence[str | None]], parties: int, counted: Counter) -> list[Content]:
    """Under each party's column what is in it, and at the end what is in all."""
    last = FIRST_ROW + len(words) - 1
    letters = [get_column_letter(len(ABOUT) + place) for place in range(1, parties + 1)]
    columns = [[row[place] for row in words] for place in range(parties)]
    each = [counted(f"{at}{FIRST_ROW}:{at}{last}", told) for at, told in zip(letters, columns, strict=True)]
    return [*each, counted(f"{letters[0]}{FIRST_ROW}:{letters[-1]}{last}", [one for row in words for one in row])]


def _across(number: int, parties: int) -> str:
    first, last = (get_column_letter(len(ABOUT) + place) for place in (1, parties))
    return f"{first}{number}:{last}{number}"


def _parties(report: Report, taking_part: set[str]) -> dict[str, str]:
    """Who takes part in anything, with the name: ASEAN together, then the states in the plan's order."""
    states = {
        str(one["key"]): str(one["name"]) for one in facts_of(report.records_of("figures")) if one["by"] == "state"
    }
    return {key: name for key, name in {ASEAN: ASEAN, **states}.items() if key in taking_part}


def _write_described(book: Book, title: str, section: Section | None) -> None:
    tables = [one for one in section.blocks if isinstance(one, Table)] if section else []
    table = tables[0] if tables else Table("", (), ())
    page = book.page(MATRIX, title, [Head(one.title, 6 + 4 * one.width) for one in table.columns])
    for number, row in enumerate(table.rows, start=FIRST_ROW):
        page.row(number, [_value(f"{one.text} ({one.tag})" if one.tag else one.text) for one in row.cells])
    last = FIRST_ROW + len(table.rows) - 1
    page.close(last, frozen=1, filtered=last)


def _value(text: str) -> Value:
    return int(text) if text.isascii() and text.isdigit() else text

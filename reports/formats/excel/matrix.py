"""The sheet Matrix: initiatives by parties, with the status of each in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from openpyxl.utils import get_column_letter

from reports.formats.excel.book import A3, FIRST_ROW, TOTALS, Book, Content, Day, Formula, Head
from reports.formats.excel.sums import NO_REPORT
from reports.report import Records, Report, Section, Table, Value

MATRIX, ASEAN = "Matrix", "ASEAN"
NOT_APPLICABLE, SHORT = "not applicable", "n/a"
Facts = Mapping[str, Value]

ABOUT = (
    *(Head("Key", 7), Head("Initiative", 48), Head("Measure", 28), Head("Lead", 18), Head("Due", 21)),
    *(Head("Health", 24), Head("Progress %", 11)),
)
"""Leading columns, before one column per party."""
FROZEN, PARTY_WIDTH = 2, 15
OFFICIAL = "official text"


def facts_of(records: Records) -> list[Facts]:
    """Return the rows as mappings from column name to value."""
    names = [field.name for field in records.fields]
    return [dict(zip(names, row, strict=True)) for row in records.rows]


def titled(row: Facts) -> str:
    """Return code and title, with the tag of a title that is not official."""
    wording = "" if row["wording"] == OFFICIAL else f" ({row['wording']})"
    return f"{row['code']} {row['title']}{wording}"


def measures(report: Report) -> dict[Value, Value]:
    """Return the names of the strategic measures by key."""
    return {row["key"]: row["name"] for row in facts_of(report.records_of("figures")) if row["by"] == "measure"}


def about(row: Facts, named: Mapping[Value, Value]) -> list[Content]:
    """Return the leading cells of an initiative; its progress is taken from the sheet Initiatives."""
    key = str(row["key"])
    lead = f"{row['lead']} (assumed)" if "lead" in str(row["assumed"]).split(", ") else row["lead"]
    progress = row["progress_percent"] if row["reported"] else NO_REPORT
    formula = f'=INDEX(initiatives_progress_percent,MATCH("{key}",initiatives_key,0))'
    live = Formula(formula, progress) if row["counted"] else None
    return [key, titled(row), named.get(row["measure"]), lead, due(row), row["health"], live]


def due(row: Facts) -> Content:
    """Return the due date, marked where it is assumed."""
    when = row["due"]
    return Day(when, bool(row["due_assumed"])) if isinstance(when, date) else when


def in_words(commitment: Facts | None) -> str | None:
    """Return the status of a commitment in words; None where the party does not take part, or not yet."""
    if commitment is None or commitment["excluded"] not in {None, NOT_APPLICABLE}:
        return None
    if commitment["status"] in {NO_REPORT, "completed"}:
        return str(commitment["status"])
    return SHORT if commitment["status"] == NOT_APPLICABLE else f"{commitment['status']} {commitment['percent']} %"


def write_matrix(book: Book, report: Report) -> None:
    """Write a column for each party; where the audience may not read parties, the table of the report."""
    section = report.section("matrix")
    title = section.title if section else MATRIX
    log = facts_of(report.records_of("commitments"))
    if not log:
        _write_described(book, title, section)
        return
    initiatives = facts_of(report.records_of("initiatives"))
    parties = _parties(report, {str(entry["party"]) for entry in log})
    named = measures(report)
    by_commitment = {(entry["initiative"], entry["party"]): entry for entry in log}
    words = [[in_words(by_commitment.get((row["key"], party))) for party in parties] for row in initiatives]
    page = book.page(
        MATRIX,
        f"Initiatives by parties. {title}",
        [*ABOUT, *(Head(name, PARTY_WIDTH) for name in parties.values()), COUNT],
    )
    last = FIRST_ROW + len(initiatives) - 1
    for number, (initiative, texts) in enumerate(zip(initiatives, words, strict=True), start=FIRST_ROW):
        page.row(number, [*about(initiative, named), *texts, completed(_across(number, len(parties)), texts)])
    for number, (word, counted) in enumerate((("Completed", completed), ("No report", silent)), start=last + 1):
        page.row(number, ["", word, *[None] * (len(ABOUT) - 2), *_below(words, len(parties), counted)], ground=TOTALS)
    page.close(last + 2, frozen=FROZEN, filtered=last, paper=A3)


COUNT = Head("Completed", 11)
Counter = Callable[[str, Sequence[str | None]], Formula]


def completed(cells: str, texts: Sequence[str | None]) -> Formula:
    """Return "7 of 11": completed, of those that take part."""
    taking_part = len([text for text in texts if text and text != SHORT])
    formula = f'=COUNTIF({cells},"completed")&" of "&(COUNTA({cells})-COUNTIF({cells},"{SHORT}"))'
    return Formula(formula, f"{list(texts).count('completed')} of {taking_part}")


def silent(cells: str, texts: Sequence[str | None]) -> Formula:
    """Return how many have not reported."""
    return Formula(f'=COUNTIF({cells},"{NO_REPORT}")', list(texts).count(NO_REPORT))


def _below(words: Sequence[Sequence[str | None]], parties: int, counted: Counter) -> list[Content]:
    """The count below each party's column, and the count of all columns at the end."""
    last = FIRST_ROW + len(words) - 1
    letters = [get_column_letter(len(ABOUT) + place) for place in range(1, parties + 1)]
    columns = [[row[place] for row in words] for place in range(parties)]
    counts = [
        counted(f"{letter}{FIRST_ROW}:{letter}{last}", texts) for letter, texts in zip(letters, columns, strict=True)
    ]
    return [*counts, counted(f"{letters[0]}{FIRST_ROW}:{letters[-1]}{last}", [text for row in words for text in row])]


def _across(number: int, parties: int) -> str:
    first, last = (get_column_letter(len(ABOUT) + place) for place in (1, parties))
    return f"{first}{number}:{last}{number}"


def _parties(report: Report, taking_part: set[str]) -> dict[str, str]:
    """Names of the parties that take part by key: ASEAN, then the states in the plan's order."""
    rows = facts_of(report.records_of("figures"))
    states = {str(row["key"]): str(row["name"]) for row in rows if row["by"] == "state"}
    return {key: name for key, name in {ASEAN: ASEAN, **states}.items() if key in taking_part}


def _write_described(book: Book, title: str, section: Section | None) -> None:
    blocks = section.blocks if section else ()
    table = next((block for block in blocks if isinstance(block, Table)), Table("", (), ()))
    page = book.page(MATRIX, title, [Head(column.title, 6 + 4 * column.width) for column in table.columns])
    for number, row in enumerate(table.rows, start=FIRST_ROW):
        page.row(number, [_value(f"{cell.text} ({cell.tag})" if cell.tag else cell.text) for cell in row.cells])
    last = FIRST_ROW + len(table.rows) - 1
    page.close(last, frozen=1, filtered=last)


def _value(text: str) -> Value:
    return int(text) if text.isascii() and text.isdigit() else text

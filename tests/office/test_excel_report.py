"""The report's workbook in LibreOffice: what it works out from the data is what the report says."""

from io import BytesIO

import openpyxl
import pytest

from models.people.visibility_rules import Display
from reports.formats.excel.write import write_excel
from tests.office.libreoffice import all_converted, converted, needs_libreoffice, text_of_pdf
from tests.office.parts import faults

FIRST, COMPLETED, PROGRESS = 3, 4, 6
SILENT = "I43/ASEAN"


@pytest.fixture(scope="module", name="reports")
def _reports(described, nothing_reported):
    return {
        "meeting": described(),
        "public": described(Display.PUBLIC),
        "state": described(Display.SECRETARIAT, "state:BN"),
        "body": described(scope="body:PTF"),
        "nothing": nothing_reported,
    }


@pytest.fixture(scope="module", name="calculated")
def _calculated(reports, tmp_path_factory):
    """The workbooks as LibreOffice works them out: openpyxl keeps the formulas and drops the results we put in."""
    folder, again = (tmp_path_factory.mktemp(name) for name in ("written", "calculated"))
    books = {name: openpyxl.load_workbook(BytesIO(write_excel(report))) for name, report in reports.items()}
    books["changed"] = completed(openpyxl.load_workbook(BytesIO(write_excel(reports["meeting"]))))
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    return dict(zip(books, all_converted([folder / f"{name}.xlsx" for name in books], "xlsx", again), strict=True))


def completed(book):
    """With what nobody has reported on entered as completed."""
    heads = {cell.value: cell.column for cell in book["Log"][2]}
    line = next(row for row in range(FIRST, 200) if book["Log"].cell(row, heads["Key"]).value == SILENT)
    book["Log"].cell(line, heads["Status"]).value = "completed"
    book["Log"].cell(line, heads["Percent"]).value = 100
    return book


def shown(records):
    """The figures as the sheet shows them: no percentage of a group in which nothing is reported."""
    names = [one.name for one in records.fields]
    for row in records.rows:
        facts = dict(zip(names, row, strict=True))
        silent = facts["in_scope"] and not facts["commitments_reported"]
        yield [
            "no report" if silent and name.endswith("_percent") else "" if value is None else value
            for name, value in facts.items()
        ]


def read(path, records):
    sheet = openpyxl.load_workbook(path, data_only=True)["Figures"]
    cells = sheet.iter_rows(min_row=FIRST, max_col=len(records.fields), values_only=True)
    return [["" if value is None else value for value in row] for row in cells]


@needs_libreoffice
@pytest.mark.parametrize("name", ["meeting", "public", "state", "body", "nothing"])
def test_the_formulas_come_to_the_figures_of_the_report(reports, calculated, name):
    records = reports[name].records_of("figures")

    assert list(shown(records)) == read(calculated[name], records)
    assert [] == faults(calculated[name].read_bytes())


@needs_libreoffice
def test_what_is_changed_in_the_log_is_felt_in_every_figure(reports, calculated):
    records = reports["meeting"].records_of("figures")
    before = {tuple(row[:2]): row for row in shown(records)}
    after = {tuple(row[:2]): row for row in read(calculated["changed"], records)}
    plan = next(iter(before))

    assert after[plan][COMPLETED] == before[plan][COMPLETED] + 1
    assert (before["initiative", "I43"][PROGRESS], after["initiative", "I43"][PROGRESS]) == ("no report", 100)
    assert after["body", "AWGIPC"][PROGRESS] == before["body", "AWGIPC"][PROGRESS] + 4  # 100 more over 24


@needs_libreoffice
def test_it_prints_with_mark_and_foot_on_every_page_and_no_error(demonstration, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(write_excel(demonstration))
    pages = [page for page in text_of_pdf(converted(path, "pdf", tmp_path)).split("\f") if page.strip()]

    assert all(demonstration.demonstration in page for page in pages)
    assert all("snapshot" in page for page in pages)
    assert not {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "Err:5", "###"} & set(" ".join(pages).split())

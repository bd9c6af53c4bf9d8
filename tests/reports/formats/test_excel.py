"""The report in Excel: its sheets, its words, formulas that carry their results, and its bytes."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from models.people.visibility_rules import Display
from models.progress.statement import ABOUT
from reports.formats.excel.write import write_excel
from tests.office.parts import faults
from tests.reports.formats.conftest import ALPHABETS, HOSTILE, MARKERS

BODIES = ["AWGIPC", "TMTF", "PTF", "IDTF", "ANIEE", "DTTF", "TISC"]
DATA = ["Figures", "Initiatives", "Log", "Ledger", "Decisions", "Corrections", "About"]
HEAD, FIRST = 2, 3


@pytest.fixture(scope="module", name="written")
def _written(demonstration):
    return write_excel(demonstration)


@pytest.fixture(scope="module", name="book")
def _book(written):
    return openpyxl.load_workbook(BytesIO(written))


def rows(sheet):
    """The rows below the head, by the titles of their columns."""
    heads = [cell.value for cell in sheet[HEAD]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=FIRST, values_only=True)]


def letters(content):
    with ZipFile(BytesIO(content)) as package:
        return b"".join(map(package.read, package.namelist())).decode("utf-8")


def results(content, sheet):
    return rows(openpyxl.load_workbook(BytesIO(content), data_only=True)[sheet])


def test_it_opens_on_the_matrix_and_has_a_sheet_for_each_body_that_leads(book):
    assert ["Matrix", *BODIES, *DATA] == book.sheetnames
    assert book.active.title == "Matrix"


def test_the_matrix_tells_four_kinds_of_nothing_apart(written):
    cells = {one["Key"]: one for one in results(written, "Matrix")}

    assert cells["I26"]["Brunei Darussalam"] == "n/a"
    assert cells["I04"]["Lao PDR"] == "no report"
    assert cells["I03"]["Lao PDR"] is None
    assert cells["I04"]["Cambodia"] == "ongoing 10 %"
    assert cells["I26"]["Completed"] == "1 of 10"


def test_titles_leads_and_dates_that_are_not_official_say_so(book, written):
    first = results(written, "Matrix")[0]

    assert first["Initiative"].endswith("(working title)")
    assert first["Lead"] == "DTTF (assumed)"
    assert [(one.value.year, one.number_format) for one in book["Matrix"]["E"][2:3]] == [
        (2030, 'd mmm yyyy" (assumed)"')
    ]


def test_every_sheet_can_be_read_on_screen_and_on_paper(demonstration, book):
    for sheet in book:
        assert sheet.freeze_panes.endswith(str(FIRST))
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.print_area
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet["A1"].value.startswith(demonstration.demonstration)
        assert sheet.oddHeader.center.text == demonstration.demonstration
        assert sheet.oddFooter.left.text == demonstration.foot
        assert len(str(sheet.HeaderFooter.oddFooter)) < 255
    assert all(book[name].auto_filter.ref for name in ("Matrix", *BODIES, "Figures", "Initiatives", "Log", "Ledger"))


@pytest.mark.parametrize("key", ["figures", "initiatives"])
def test_a_program_that_does_not_calculate_shows_the_figures_all_the_same(demonstration, written, key):
    records = demonstration.records_of(key)
    titles = [one.title for one in records.fields]
    values = results(written, records.title)

    assert len(values) == len(records.rows)
    for row, read in zip(records.rows, values, strict=True):
        for title, value in zip(titles, row, strict=True):
            assert as_read(read[title]) in {as_shown(value), *(["no report"] if title.endswith("%") else [])}


def as_read(value):
    return as_shown(value.date() if hasattr(value, "date") else value)


def as_shown(value):
    return round(value, 9) if isinstance(value, float) else value or (0 if value == 0 else None)


def test_every_figure_is_a_formula(demonstration, book):
    fields = [field.name for field in demonstration.records_of("figures").fields]
    assert fields[-2:] == ["why_excluded", "on_dates"], "the last columns are words"
    last = len(fields) - 2
    cells = [cell for row in book["Figures"].iter_rows(min_row=FIRST, min_col=4, max_col=last) for cell in row]

    assert {cell.data_type for cell in cells} == {"f"}


def test_the_sheet_about_says_what_every_column_of_the_data_means(written, book):
    about = {(one["Sheet"], one["Column"]): one["Meaning"] for one in results(written, "About")}
    columns = [(name, cell.value) for name in DATA[:-1] for cell in book[name][HEAD]]

    assert len(columns) > 50
    assert [] == [column for column in columns if not about.get(column)]


def test_a_sheet_of_a_body_has_what_was_said_on_each_of_its_commitments(demonstration, written):
    records = demonstration.records_of("commitments")
    leads = {one["key"]: one["lead"] for one in demonstration.records_of("initiatives").facts}
    said = {one["narrative"] for one in records.facts if leads[one["initiative"]] == "DTTF" and one["narrative"]}

    assert said
    assert said <= {one[ABOUT["narrative"].column] for one in results(written, "DTTF")}


def test_the_words_of_the_matrix_and_of_the_bodies_are_no_formulas(book):
    statuses = [cell for row in book["Matrix"].iter_rows(min_row=FIRST, min_col=8, max_col=18) for cell in row]
    heads = [cell.value for cell in book["DTTF"][HEAD]]
    of_body = [row[heads.index("Status")] for row in book["DTTF"].iter_rows(min_row=FIRST)]

    assert {"no report", "completed"} <= {cell.value for cell in statuses}
    assert not [cell.coordinate for cell in statuses[: 11 * 43] + of_body[:-1] if cell.data_type == "f"]


def test_the_columns_that_only_the_sums_need_are_folded_away(book):
    folded = {sheet.title: [one.min for one in sheet.column_dimensions.values() if one.hidden] for sheet in book}
    shown = {cell.value for cell in book["Log"][HEAD] if cell.column not in folded["Log"]}

    assert {"Initiatives", "Log"} == {title for title, columns in folded.items() if columns}
    assert {"Status", "Percent", "Initiative", "Party"} <= shown


def test_what_nobody_reported_on_has_no_percentage(nothing_reported):
    figures = results(write_excel(nothing_reported), "Figures")
    texts = {one[title] for one in figures for title in ("Completed %", "Progress %", "Expected %") if one["N"]}

    assert texts == {"no report"}


def test_a_text_is_never_a_formula(hostile):
    book = openpyxl.load_workbook(BytesIO(write_excel(hostile)))
    cells = [cell for sheet in ("Log", "DTTF") for row in book[sheet].iter_rows() for cell in row]
    texts = {cell.value for cell in cells if cell.data_type != "f"}

    assert set(HOSTILE) <= texts
    assert any(isinstance(text, str) and len(text) > 9_000 for text in texts)
    assert ALPHABETS in texts
    assert not [cell for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value)]


@pytest.mark.parametrize(
    ("display", "visible"),
    [(Display.SECRETARIAT, set(MARKERS)), (Display.MEETING, set(MARKERS)), (Display.PUBLIC, set())],
)
def test_what_a_display_hides_is_not_in_the_file(marked, display, visible):
    text = letters(write_excel(marked(display)))

    assert visible == {part for part, marker in MARKERS.items() if marker in text}


def test_the_public_has_the_matrix_of_states_and_no_words_of_theirs(described):
    content = write_excel(described(Display.PUBLIC))

    assert "Cambodia" in results(content, "Matrix")[0]
    assert ABOUT["narrative"].column not in results(content, "Log")[0]


def test_a_report_on_one_state_has_that_state_alone(described):
    content = write_excel(described(scope="state:KH"))

    assert [*results(content, "Matrix")[0]][-2:] == ["Cambodia", "Completed"]
    assert "Indonesia" not in {row["Party"] for row in results(content, "Log")}


def test_it_is_the_same_byte_for_byte_and_valid(demonstration, written):
    assert written == write_excel(replace(demonstration))
    assert [] == faults(written)

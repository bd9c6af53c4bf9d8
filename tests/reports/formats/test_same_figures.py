"""Page, command and every format of the report give the same figures."""

import csv
import io
import json
from io import BytesIO

import docx
import openpyxl
import pptx
import pytest

from models.core.vocabulary import Basis, Grouping
from reports.formats import Format, write
from reports.parts.headlines import headlines
from tests.kit.poppler import asked, needs_poppler


@pytest.fixture(scope="module", name="figures")
def _figures(noted):
    """The three headlines as the Overview tells them."""
    return [one.value for one in headlines(noted.snapshot.assessment, None)]


@pytest.fixture(scope="module", name="measures")
def _measures(noted):
    """N, completed and progress of every strategic measure, as `rollup --format json` prints them."""
    rows = [one.to_json() for one in noted.snapshot.rows(Grouping.MEASURE, Basis.CLEARED)]
    return [
        [row["in_scope"], f"{row['completed']} of {row['in_scope']}", f"{row['progress_percent']} %"] for row in rows
    ]


def from_rows(rows):
    """The headlines and the measures from rows of figures."""
    plan = next(row for row in rows if row["by"] == "plan")
    measures = [row for row in rows if row["by"] == "measure"]
    return (
        [
            f"{plan['completed']} of {plan['in_scope']}",
            f"{plan['progress_percent']} %",
            f"{plan['due_completed']} of {plan['due']}",
        ],
        [
            [int(row["in_scope"]), f"{row['completed']} of {row['in_scope']}", f"{row['progress_percent']} %"]
            for row in measures
        ],
    )


def from_tables(tables):
    """The same from the tables that a document prints: those of the headlines and of the measures."""
    headlines_table = next(rows for rows in tables if rows[0][-1] == "Meaning")
    measures = next(rows for rows in tables if rows[0][1:3] == ["N", "Completed"])
    return [row[1] for row in headlines_table[1:]], [[int(row[1]), row[2], row[3]] for row in measures[1:-1]]


def word(content):
    tables = docx.Document(BytesIO(content)).tables
    return from_tables([[[cell.text for cell in row.cells] for row in table.rows] for table in tables if table.rows])


def excel(content):
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["Figures"]
    names = {"Grouping": "by", "N": "in_scope", "Completed": "completed", "Progress %": "progress_percent"}
    names |= {"Due by now": "due", "Due, completed": "due_completed"}
    heads = [names.get(str(cell.value), cell.value) for cell in sheet[2]]
    return from_rows([dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)])


def powerpoint(content):
    slides = list(pptx.Presentation(BytesIO(content)).slides)
    texts = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
    table = next(shape.table for shape in slides[3].shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in list(table.rows)[1:-1]]
    names = ("Completed", "Progress", "Due by now, completed")
    return [texts[texts.index(name) + 1] for name in names], [[int(row[1]), row[2], row[3]] for row in rows]


def csv_file(content):
    rows: dict[str, dict[str, str]] = {}
    for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        if line["table"] == "figures":
            rows.setdefault(line["row"], {})[line["field"]] = line["value"]
    return from_rows(list(rows.values()))


def json_file(content):
    return from_rows(json.loads(content)["tables"]["figures"])


READERS = {
    Format.WORD: word,
    Format.EXCEL: excel,
    Format.POWERPOINT: powerpoint,
    Format.CSV: csv_file,
    Format.JSON: json_file,
}


@pytest.mark.parametrize("form", READERS)
def test_a_format_gives_the_figures_of_the_page_and_of_the_command(demonstration, figures, measures, form):
    assert (figures, measures) == READERS[form](write(demonstration, form))


@needs_poppler
def test_the_pdf_gives_them_too(demonstration, figures, measures):
    text = " ".join(asked("pdftotext", write(demonstration, Format.PDF), "-layout").split())

    for name, value in zip(("Completed", "Progress", "Due by now, completed"), figures, strict=True):
        assert f"{name} {value} " in text
    for number, completed, progress in measures:
        assert f" {number} {completed} {progress} " in text


def test_every_format_is_looked_at():
    assert {*READERS, Format.PDF} == set(Format)

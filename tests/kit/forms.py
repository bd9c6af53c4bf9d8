"""A progress form to fill in and to break, for the tests of what comes back."""

from io import BytesIO

from openpyxl import load_workbook

from models.people.context import Context
from models.reporting.form_read import progress_form
from models.reporting.form_workbook import COLUMNS, FIRST_LINE, read_form, write_form
from models.store.database import reading
from tests.kit.builders import NOW
from tests.kit.reporters import reporting_plan

NAME = "form.xlsx"


def exported(engine, reader, *speakers, now=NOW):
    """The form of bodies and states, as a reader takes it away."""
    with reading(engine) as session:
        return write_form(progress_form(Context.at(session, reader, now), speakers or ("TMTF", "KH")))


def edited(form, change):
    """The form after somebody changed the workbook."""
    workbook, file = load_workbook(BytesIO(form)), BytesIO()
    change(workbook)
    workbook.save(file)
    return file.getvalue()


def cell_of(workbook, commitment, field):
    """One cell of the matrix."""
    sheet = workbook["Progress"]
    lines = {(sheet.cell(line, 1).value, sheet.cell(line, 2).value): line for line in range(FIRST_LINE, 9)}
    return sheet.cell(lines[commitment], list(COLUMNS).index(field) + 1)


def filled(form, cells):
    """The form with values typed into its cells, by commitment and field."""

    def fill(workbook):
        for (commitment, field), value in cells.items():
            cell_of(workbook, commitment, field).value = value

    return edited(form, fill)


def read(form, plan=None):
    """What the file says."""
    return read_form(form, NAME, plan or reporting_plan())


def told(form, plan=None):
    """What was edited, by commitment and field."""
    return {(row.commitment, field): row.cells[field] for row in read(form, plan).rows for field in row.edited}

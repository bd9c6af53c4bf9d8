"""A progress form to fill in and to break, for the tests of what comes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Engine

from models.people.context import Context
from models.people.permissions import User
from models.plan.schema import Commitment, Plan
from models.reporting.form import Form
from models.reporting.form_read import progress_form
from models.reporting.form_received import read_form
from models.reporting.form_workbook import COLUMNS, FIRST_LINE, write_form
from models.store.database import reading
from tests.kit.builders import NOW
from tests.kit.reporters import reporting_plan
from tests.kit.workbooks import edited

NAME = "form.xlsx"


def exported(engine: Engine, user: User, *speakers: str, now: datetime = NOW) -> bytes:
    """The form of bodies and states, as a user takes it away."""
    with reading(engine) as session:
        return write_form(progress_form(Context.at(session, user, now), speakers or ("TMTF", "KH")))


def cell_of(workbook: Workbook, commitment: Commitment, field: str) -> Any:
    """One cell of the matrix."""
    sheet = workbook["Progress"]
    lines = {
        (sheet.cell(line, 1).value, sheet.cell(line, 2).value): line for line in range(FIRST_LINE, sheet.max_row + 1)
    }
    return sheet.cell(lines[commitment], list(COLUMNS).index(field) + 1)


def filled(form: bytes, cells: Mapping[tuple[Commitment, str], Any]) -> bytes:
    """The form with values typed into its cells, by commitment and field."""

    def fill(workbook: Workbook) -> None:
        for (commitment, field), value in cells.items():
            cell_of(workbook, commitment, field).value = value

    return edited(form, fill)


def read(form: bytes, plan: Plan | None = None) -> Form:
    """What the file says."""
    return read_form(form, NAME, plan or reporting_plan())


def told(form: bytes, plan: Plan | None = None) -> dict[tuple[Commitment, str], str]:
    """What was edited, by commitment and field."""
    return {(row.commitment, field): row.cells[field] for row in read(form, plan).rows for field in row.edited}


def left_out(form: bytes, plan: Plan | None = None) -> list[str]:
    """What is written outside the cells to fill in."""
    return [str(remark).removeprefix("Not taken: ") for remark in read(form, plan).not_taken]

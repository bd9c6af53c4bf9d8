"""The form of all three commitments as it goes out, made once for all tests that only read it back."""

from functools import cache

from models.people.context import Context
from models.reporting.form import Form
from models.reporting.form_read import progress_form
from models.reporting.form_workbook import write_form
from models.store.database import reading
from tests.conftest import fresh_database
from tests.kit.builders import NOW
from tests.kit.reporters import SECRETARIAT_ROLE, add_user, load_with_cycle


@cache
def owed_form() -> Form:
    """The form of the chair of TMTF and the focal point of Cambodia."""
    with fresh_database() as engine:
        load_with_cycle(engine)
        officer = add_user(engine, "officer@example.org", SECRETARIAT_ROLE)
        with reading(engine) as session:
            return progress_form(Context.at(session, officer, NOW), ("TMTF", "KH"))


@cache
def sent_form() -> bytes:
    """The same as a file."""
    return write_form(owed_form())

"""The progress form in LibreOffice: it opens, prints, and comes back as it went out."""

from datetime import datetime

import pytest

from models.people.context import Context
from models.progress.drafts import save_field
from models.store.database import writing
from tests.kit.builders import NOW, cleared, write
from tests.kit.forms import exported, filled, left_out, told
from tests.kit.reporters import CAMBODIA, CAMBODIA_ROLE, CHAIR_ROLE, add_user, load_with_cycle
from tests.office.libreoffice import converted, needs_libreoffice, text_of_pdf
from tests.office.parts import faults

TRAINING, REGIONAL = ("I03", "KH"), ("I01", "ASEAN")
TRICKY = "=1+1\n@b\tc; 007 _x0041_ <b>&amp;</b> “ö” 𝔸"


@pytest.fixture(name="form")
def _form(engine):
    """A form with drafts and last statements that a spreadsheet may misread."""
    plan = load_with_cycle(engine)
    write(engine, cleared(narrative=TRICKY, percent=0))
    user = add_user(engine, "kh@example.org", CHAIR_ROLE, CAMBODIA_ROLE)
    with writing(engine) as session:
        for field, value in {"narrative": TRICKY, "status": "suspended", "proposed_due": NOW.date()}.items():
            save_field(Context(session, user, plan, NOW), CAMBODIA, field, value)
    return exported(engine, user)


def test_its_parts_are_valid(form):
    assert [] == faults(form)


@needs_libreoffice
def test_libreoffice_prints_it(form, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form)
    printed = " ".join(text_of_pdf(converted(path, "pdf", tmp_path)).split())

    assert "progress form of TMTF and Cambodia for AWGIPC 82" in printed
    assert "A common set of guidelines" in printed
    assert "(working title)" in printed
    assert "What happened since" in printed
    assert not {"#REF!", "#NAME?", "#VALUE!", "Err:5"} & set(printed.split())


@needs_libreoffice
def test_saved_again_by_libreoffice_it_comes_back_as_it_was_filled_in(form, tmp_path):
    cells = {
        (TRAINING, "status"): "Ongoing",
        (TRAINING, "percent"): "50 draft circulated",
        (TRAINING, "proposed_due"): datetime(2031, 6, 30),  # noqa: DTZ001  # as a cell holds it
        (REGIONAL, "deliverables_done"): "none",
        (REGIONAL, "documents"): "Minutes, para 3\nRecord",
    }
    path, again = tmp_path / "form.xlsx", tmp_path / "again"
    again.mkdir()
    path.write_bytes(filled(form, cells))
    saved = converted(path, "xlsx", again).read_bytes()

    expected = cells | {(TRAINING, "proposed_due"): "2031-06-30"}
    assert expected == told(path.read_bytes()) == told(saved)
    assert [] == left_out(saved)
    assert [] == faults(saved)

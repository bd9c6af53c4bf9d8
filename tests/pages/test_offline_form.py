"""The Excel form on My updates and on Review: handed in, shown cell by cell, decided, taken."""

import pytest

from models.people.context import Context
from models.people.permissions import PUBLIC
from models.progress.drafts import save_field
from models.store.database import writing
from models.store.reporting_tables import Draft, EvidenceFile
from models.store.tables import Progress
from pages.shared import who
from tests.kit.builders import NOW, rows_of
from tests.kit.forms import exported, filled
from tests.kit.reporters import (
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    SECRETARIAT_ROLE,
    reporting_plan,
)
from tests.pages.opening import html_of, open_page, text_of

pytestmark = pytest.mark.usefixtures("cycle_engine")

MINE, REVIEW = "my_updates/page.py", "review/page.py"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = {
    (CAMBODIA, "status"): "Ongoing",
    (CAMBODIA, "percent"): "50",
    (CAMBODIA, "narrative"): "<b>Comments</b> came in.",
}
CHOICE = "mine-offline-I02-KH-narrative"


@pytest.fixture(name="cambodia")
def _cambodia(as_reader):
    return as_reader(CAMBODIA_ROLE, CHAIR_ROLE, email="kh@example.org")


@pytest.fixture(name="officer")
def _officer(as_reader):
    return as_reader(SECRETARIAT_ROLE, email="officer@example.org")


def hand_in(page, stem, form):
    page.file_uploader(key=f"{stem}-file-0").upload("form.xlsx", form, XLSX).run()
    assert not page.exception
    return page


def test_each_difference_is_shown_and_then_taken_into_drafts(engine, cambodia):
    page = hand_in(open_page(MINE), "mine-offline", filled(exported(engine, cambodia), SAID))
    table = next(block for block in html_of(page) if "What the form changes" in block)

    assert ("&lt;b&gt;Comments&lt;/b&gt; came in." in table, "50 draft circulated" in table) == (True, True)
    assert [] == rows_of(engine, Draft)
    page.button(key="mine-offline-take").click().run()
    assert ["<b>Comments</b> came in."] == [one.narrative for one in rows_of(engine, Draft)]
    assert "3 cells were taken from the form, on 1 commitment" in page.success[0].value.replace("\\", "")
    assert page.file_uploader(key="mine-offline-file-1").value is None


def test_conflicts_are_decided_one_by_one_before_anything_is_taken(engine, cambodia):
    form = filled(exported(engine, cambodia), SAID)
    with writing(engine) as session:
        save_field(Context(session, cambodia, reporting_plan(), NOW), CAMBODIA, "narrative", "Written here.")
    page = hand_in(open_page(MINE), "mine-offline", form)

    assert ("Decide 1 conflict first", True) == (
        page.button(key="mine-offline-take").label,
        page.button(key="mine-offline-take").disabled,
    )
    page.radio(key=CHOICE).set_value("present").run()
    page.button(key="mine-offline-take").click().run()
    assert [("ongoing", "Written here.")] == [(one.status, one.narrative) for one in rows_of(engine, Draft)]


def test_what_keeps_it_from_being_read_is_stated_cell_by_cell(engine, cambodia):
    form = filled(exported(engine, cambodia), SAID | {(CAMBODIA, "proposed_due"): "next year"})
    page = hand_in(open_page(MINE), "mine-offline", form)

    page_text = text_of(page)
    assert "Nothing was saved." in page_text
    assert "Progress!S4" in page_text
    assert "“next year” is not a date" in page_text
    with pytest.raises(KeyError):
        page.button(key="mine-offline-take")


def test_good_lines_can_be_taken_and_what_is_not_taken_is_shown(engine, cambodia):
    words = {(("I03", "KH"), "status"): "80 % done", (CAMBODIA, "due"): "June 2031", (CAMBODIA, "status"): "Completed"}
    page = hand_in(open_page(MINE), "mine-offline", filled(exported(engine, cambodia), words))

    page_text = text_of(page)
    assert "Progress!K5" in page_text
    assert "the other lines can be taken now" in page_text
    assert "a grey cell (Due of I02/KH)" in page_text
    assert "June 2031" in page_text
    assert "I02/KH: Evidence completed needs evidence" in page_text
    page.button(key="mine-offline-take").click().run()
    assert ["completed"] == [draft.status for draft in rows_of(engine, Draft)]


def test_the_secretariat_is_shown_what_is_not_taken(engine, officer):
    form = filled(exported(engine, officer), SAID | {(CAMBODIA, "said"): "We finished."})
    page = hand_in(open_page(REVIEW), "record-form-file", form)

    assert "a grey cell (What it said of I02/KH)" in text_of(page)


def test_whose_role_ended_in_the_meantime_takes_nothing(engine, cambodia, monkeypatch):
    page = hand_in(open_page(MINE), "mine-offline", filled(exported(engine, cambodia), SAID))
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    with pytest.raises(ValueError, match="my_updates"):
        page.button(key="mine-offline-take").click().run().switch_page(MINE)

    assert [] == rows_of(engine, Draft)


def test_the_secretariat_records_a_form_with_the_file_as_evidence(engine, officer):
    form = filled(exported(engine, officer), SAID)
    page = hand_in(open_page(REVIEW), "record-form-file", form)
    page.button(key="record-form-file-record").click().run()

    assert [("ongoing", "KH", officer.person_id)] == [
        (one.status, one.on_behalf_of, one.author_id) for one in rows_of(engine, Progress)
    ]
    assert [form] == [one.content for one in rows_of(engine, EvidenceFile)]
    assert "1 statement is waiting to be cleared" in page.title[0].value

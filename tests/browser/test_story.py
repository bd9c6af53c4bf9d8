"""The whole story in Chromium: adopt a text, add a chair, report, return, correct, clear; and what visitors see of it.

The clock of this database stands at the second day of a meeting, as a demonstration's does.
"""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from models.core.vocabulary import Role
from models.people.bulk_list import NewPerson
from models.people.permissions import RoleAssignment
from models.reporting.form_workbook import COLUMNS, FIRST_LINE
from models.store.database import engine_for
from tests.browser.signed_in import add_person, cookie_for
from tests.browser.test_my_updates import key_of, wait_until_told
from tests.kit.builders import today_is
from tests.kit.serving import manage
from tests.kit.workbooks import SAME, filled_adoption

OFFICER, CHAIR = "officer@example.org", "chair@example.org"
TITLE = "Work sharing in patent examination"
DRAFTED = ("I13", "ASEAN")
BY_FORM = ("I14", "ASEAN")
PDF = {"name": "study.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 the study"}
COUNTED = re.compile(r"(\d+ of \d+)\s+completed")


@pytest.fixture(name="database_url")
def _database_url(tmp_path):
    """The plan with nothing reported, in the middle of AWGIPC 82, and one officer of the secretariat."""
    url = f"sqlite:///{tmp_path / 'story.db'}"
    manage("plan", "load", "plan", "--reason", "First load", database_url=url)
    today_is(engine_for(url), date(2027, 7, 13))
    add_person(url, NewPerson(OFFICER, (RoleAssignment(Role.SECRETARIAT),)))
    return url


def test_from_the_official_text_to_a_cleared_figure(database_url, server, visit):
    address = server(database_url)
    office = Office(visit(), address, cookie_for(database_url, OFFICER, address))
    office.adopts_the_official_text()
    link = office.adds_the_chair()
    office.opens_the_cycle()
    office.records_what_came_by_mail()
    office.circulates_and_notes()
    assert completed(visit(), address) == "1 of 43"

    at_work = visit()
    Chair(at_work, address).signs_in(link)
    Chair(at_work, address).drafts()
    at_work.page.context.close()

    chair = Chair(visit(), address)
    chair.signs_in(office.makes_a_new_link())
    chair.finds_the_draft()
    chair.attaches_and_submits()
    office.returns("Please say when it ended.")
    chair.corrects("Please say when it ended.")
    assert completed(office.reader, address) == "1 of 43"
    office.clears_everything()
    assert completed(office.reader, address) == "2 of 43"

    chair.hands_in_the_excel_form()
    office.clears_everything()
    assert completed(office.reader, address) == "3 of 43"
    assert completed(visit(), address) == "1 of 43"
    assert (office.reader.complaints, chair.reader.complaints) == ([], [])


def completed(user, address):
    """The first headline of Overview."""
    page = user.open(address)
    counted, *_ = COUNTED.findall(page.inner_text("[data-testid=stMain]"))
    return counted


class Office:
    """What the officer does, page by page."""

    def __init__(self, user, address, cookie):
        self.reader, self.page, self.address = user, user.page, address
        self.page.context.add_cookies([cookie])

    def open(self, path):
        self.reader.open(f"{self.address}/{path}")

    def adopts_the_official_text(self):
        self.open("editions")
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download the titles to fill in").click()
        content = filled_adoption(download.value.path().read_bytes(), official_rows())
        field = self.page.locator("input[type=file]").first
        field.set_input_files({"name": "official-text.xlsx", "mimeType": "application/zip", "buffer": content})
        wait_until_told(self.page, "This would change")
        self.page.get_by_label("Reason").first.fill("Adopted by the Working Group")
        self.page.get_by_role("combobox", name="Deciding meeting").first.click()
        self.page.get_by_role("option", name=re.compile("AWGIPC 81")).click()
        self.page.get_by_role("button", name="Load", exact=True).first.click()
        wait_until_told(self.page, "is in force")

    def adds_the_chair(self):
        self.open("people-and-audit")
        self.page.get_by_role("textbox", name="E-mail address").fill(CHAIR)
        self.page.get_by_role("combobox", name="Role").click()
        self.page.get_by_role("option", name=re.compile("PTF")).click()
        self.page.get_by_role("button", name="Add this person").click()
        return self._link()

    def makes_a_new_link(self):
        self.open("people-and-audit")
        self.page.get_by_role("combobox", name="Person").click()
        self.page.get_by_role("option", name=re.compile(CHAIR)).click()
        self.page.get_by_role("button", name="Make a link").click()
        return self._link()

    def _link(self):
        wait_until_told(self.page, "shown only once")
        return self.page.locator("[data-testid=stCode] code").first.inner_text().strip()

    def opens_the_cycle(self):
        self.open("cycles")
        self.page.get_by_role("button", name="Open it").click()
        wait_until_told(self.page, "The cycle of AWGIPC-82 is open.")

    def records_what_came_by_mail(self):
        self.open("review")
        self.page.get_by_text("Record a report received by e-mail").click()
        self._choose("Body or state", "TMTF")
        # Its first one; the list follows the body.
        expect(self.page.get_by_role("combobox", name="Commitment").first).to_have_value(re.compile("^I11 "))
        self._choose("Status", "Completed")
        self.page.get_by_label("What happened since").first.fill("The guidelines were endorsed.")
        self.page.get_by_label("Received with").fill("E-mail of 12 July 2027")
        self.page.get_by_text("Clear it in the same step").click()
        self.page.get_by_role("button", name="Record it").click()
        wait_until_told(self.page, "was recorded for TMTF and cleared.")

    def _choose(self, label, option):
        box = self.page.get_by_role("combobox", name=label).first
        # A list that is opened while what is around it still unfolds closes again.
        for _ in range(5):
            box.click()
            self.reader.settle()
            if box.get_attribute("aria-expanded") == "true":
                break
        self.page.get_by_role("option", name=re.compile(f"^{option}")).first.click()

    def circulates_and_notes(self):
        self.open("cycles")
        self.page.get_by_role("button", name="Circulate it").click()
        wait_until_told(self.page, "was circulated: snapshot 1")
        self.page.get_by_role("button", name="Note it").click()
        wait_until_told(self.page, "was noted: snapshot 2")

    def returns(self, note):
        self.open("review")
        self.page.get_by_text("Return with a note").first.click()
        self.page.get_by_label(re.compile("What is missing in I13")).fill(note)
        self.page.get_by_role("button", name=re.compile("^Return to")).first.click()
        wait_until_told(self.page, "was returned")

    def clears_everything(self):
        self.open("review")
        self.page.get_by_role("button", name="Select all shown").click()
        expect(self.page.get_by_role("checkbox", name=re.compile("^Clear I")).first).to_be_checked()
        self.page.get_by_role("button", name="Clear the selected statements").click()
        wait_until_told(self.page, "cleared")


class Chair:
    """What the chair of PTF does, in whatever browser."""

    def __init__(self, user, address):
        self.reader, self.page, self.address = user, user.page, address

    def signs_in(self, link):
        self.page.goto(link)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("link", name="My updates").wait_for()
        self.opens_the_list()

    def opens_the_list(self):
        self.reader.open(f"{self.address}/my-updates")
        self.page.wait_for_selector("[class*=st-key-mine-bar]")

    def field(self, name):
        return self.page.locator(f".{key_of(DRAFTED, name)}")

    def drafts(self):
        self.field("status").get_by_text("Completed").click()
        words = self.field("narrative").locator("textarea")
        words.fill("All offices share their work.")
        words.blur()
        wait_until_told(self.page, "Saved")
        expect(self.page.get_by_text(TITLE).first).to_be_visible()

    def finds_the_draft(self):
        self.field("open").get_by_role("button").click()
        expect(self.field("narrative").locator("textarea")).to_have_value("All offices share their work.")

    def attaches_and_submits(self):
        self.page.get_by_role("button", name="See differences and submit").click()
        wait_until_told(self.page, "cannot be submitted yet")
        self.page.get_by_role("button", name="Back to the list").click()
        self.page.locator(f".{key_of(DRAFTED, 'file-0')} input[type=file]").set_input_files(PDF)
        wait_until_told(self.page, "study.pdf")
        self.submits()

    def submits(self):
        self.page.get_by_role("button", name="See differences and submit").click()
        self.page.get_by_role("button", name="Submit 1 update").click()
        wait_until_told(self.page, "Submitted: 1 update")

    def corrects(self, note):
        self.opens_the_list()
        wait_until_told(self.page, note)
        self.field("open").get_by_role("button").click()
        words = self.field("narrative").locator("textarea")
        words.fill("All offices share their work since May 2027.")
        words.blur()
        wait_until_told(self.page, "Saved")
        self.submits()

    def hands_in_the_excel_form(self):
        self.opens_the_list()
        self.page.get_by_text("Fill in the form offline in Excel").click()
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download the form").click()
        form = filled_form(download.value.path().read_bytes())
        field = self.page.locator("[class*=st-key-mine-offline] input[type=file]")
        field.set_input_files({"name": "form.xlsx", "mimeType": "application/zip", "buffer": form})
        self.page.get_by_role("button", name="Take into my drafts").click()
        wait_until_told(self.page, "See the differences below")
        self.submits()


def official_rows():
    """Every slot filled: the same as the slot, under its official title."""
    rows = {f"I{number:02}": {"match": SAME, "official title": f"Official title {number}"} for number in range(1, 44)}
    return rows | {"I13": {"match": SAME, "official title": TITLE}}


def filled_form(content):
    """The form with one more initiative completed."""
    workbook, file = load_workbook(BytesIO(content)), BytesIO()
    sheet, columns = workbook["Progress"], list(COLUMNS)
    line = next(line for line in range(FIRST_LINE, FIRST_LINE + 9) if sheet.cell(line, 1).value == BY_FORM[0])
    for name, value in {"status": "Completed", "narrative": "In use everywhere.", "documents": "A record"}.items():
        sheet.cell(line, columns.index(name) + 1).value = value
    workbook.save(file)
    return file.getvalue()

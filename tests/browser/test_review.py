"""Review in Chromium: what a browser alone can lose."""

from playwright.sync_api import expect

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.plan.editions import plan_as_known
from models.store.clock import current_moment
from models.store.database import engine_for, writing
from tests.browser.signed_in import cookie_for

OFFICER = "officer@review.example"


def test_a_note_typed_and_not_sent_outlasts_another_choice_and_a_press_elsewhere(
    demonstration, demonstration_url, visit
):
    with writing(engine_for(demonstration_url)) as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        add_people(Context(session, OPERATOR, plan, now), [NewPerson(OFFICER, (RoleAssignment(Role.SECRETARIAT),))])
    user = visit()
    user.page.context.add_cookies([cookie_for(demonstration_url, OFFICER, demonstration)])
    page = user.open(f"{demonstration}/review")
    more = page.locator("[class*=st-key-more-]").first
    more.locator("summary").click()
    note = page.get_by_label(more.get_by_role("textbox").get_attribute("aria-label"))
    note.fill("Which document?")

    show(page, 3)
    expect(note).to_have_count(0)
    show(page, 0)
    expect(note).to_have_value("Which document?")

    note.fill("Which document, and which paragraph?")
    page.get_by_text("Record a report received by e-mail").click()
    commitment = page.get_by_role("combobox", name="Commitment")
    before = commitment.input_value()
    page.get_by_role("combobox", name="Body or state").first.click()
    page.get_by_role("option").nth(2).click()
    expect(commitment).not_to_have_value(before)
    expect(note).to_have_value("Which document, and which paragraph?")
    assert user.complaints == []


def show(page, place):
    """Choose whose statements are shown: everybody's, or those of one body or state."""
    page.get_by_role("combobox", name="From").click()
    page.get_by_role("option").nth(place).click()
    page.get_by_role("button", name="Show", exact=True).click()

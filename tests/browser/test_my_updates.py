"""My updates in Chromium: by keyboard alone on a phone, readable in both themes, light on the line."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment, User
from models.plan.editions import plan_as_known
from models.progress.clearing import return_to_author
from models.progress.drafts import report_nothing, save_field
from models.progress.submit import submit_drafts
from models.store.clock import current_moment
from models.store.database import engine_for, reading, writing
from models.store.reporting_tables import Draft
from models.store.tables import Progress
from tests.browser.barriers import PHONE, barriers_everywhere
from tests.browser.signed_in import cookie_for
from tests.kit.builders import newest_key
from tests.kit.serving import manage

ANNA, BEN = "anna@example.org", "ben@example.org"
ROLES = (RoleAssignment(Role.CHAIR, "ANIEE"), RoleAssignment(Role.FOCAL_POINT, "TH"))
RETURNED, FIRST, COMPLETED, UNCHANGED = ("I33", "ASEAN"), ("I12", "ASEAN"), ("I01", "TH"), ("I04", "TH")
ONGOING = {"status": "ongoing", "percent": 75, "narrative": "The clauses were agreed."}
FOCUSED = (
    "() => [document.activeElement.closest('[class*=st-key-]')?.className, document.activeElement.innerText].join()"
)


@pytest.fixture(scope="module", name="database_url")
def _database_url(tmp_path_factory):
    """The demonstration, with somebody who chairs a body and speaks for a state, in the middle of reporting."""
    url = f"sqlite:///{tmp_path_factory.mktemp('reporting') / 'demo.db'}"
    manage("demo", database_url=url)
    with writing(engine_for(url)) as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        people = [NewPerson(email, ROLES) for email in (ANNA, BEN)]
        anna = User(add_people(Context(session, OPERATOR, plan, now), people)[0], ROLES)
        for field, value in ONGOING.items():
            save_field(Context(session, anna, plan, now), RETURNED, field, value)
        submit_drafts(Context(session, anna, plan, now), [RETURNED])
        row = newest_key(session, Progress)
        return_to_author(Context(session, OPERATOR, plan, now), row, note="Please name the document.")
        save_field(Context(session, anna, plan, now), COMPLETED, "status", "completed")
        report_nothing(Context(session, anna, plan, now), [UNCHANGED])
    return url


@pytest.fixture(name="open_as")
def _open_as(database_url, server, visit):
    """Opens My updates as somebody who is signed in."""

    def open_as(email, **window):
        user = visit(**window)
        address = server(database_url)
        user.page.context.add_cookies([cookie_for(database_url, email, address)])
        user.open(f"{address}/my-updates")
        user.page.wait_for_selector("[class*=st-key-mine-bar]")
        return user

    return open_as


@pytest.fixture(name="log")
def _log(database_url):
    def log(table):
        with reading(engine_for(database_url)) as session:
            return session.exec(select(table)).all()

    return log


def tab_to(page, key, text="", *, limit=90):
    """Press Tab until the field or button has the focus, as somebody without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if key in focused and text in focused:
            return
    pytest.fail(f"the keyboard does not reach {key} {text}")


def wait_until_told(page, text):
    page.get_by_text(text).first.wait_for(timeout=15_000)


def key_of(commitment, field):
    return f"st-key-card-{'-'.join(commitment)}-{field}"


def test_everybody_can_read_it_and_a_phone_scrolls_downwards_only(open_as):
    user = open_as(ANNA, bypass_csp=True)
    page = user.page
    page.locator(f".{key_of(RETURNED, 'open')} button").click()
    page.locator(f".{key_of(RETURNED, 'narrative')}").wait_for()
    assert barriers_everywhere(user) == []
    page.get_by_role("button", name="See differences and submit").click()
    wait_until_told(page, "cannot be submitted yet")
    assert barriers_everywhere(user) == []


def test_a_report_is_written_and_submitted_by_keyboard_alone_on_a_phone(open_as, log):
    user = open_as(ANNA, width=PHONE)
    page = user.page
    tab_to(page, key_of(FIRST, "status"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    wait_until_told(page, "2 changed")
    tab_to(page, key_of(FIRST, "percent"))
    tab_to(page, key_of(FIRST, "narrative"))
    page.keyboard.type("Two members sent comments.")
    tab_to(page, key_of(FIRST, "next_step"))
    page.keyboard.type("A meeting in March.")
    page.keyboard.press("Tab")
    page.wait_for_timeout(1000)
    (draft,) = [one for one in log(Draft) if one.narrative == "Two members sent comments."]
    assert (draft.status, draft.next_step) == ("ongoing", "A meeting in March.")

    tab_to(page, "st-key-mine-look")
    page.keyboard.press("Enter")
    wait_until_told(page, "Submit 1 update and 1 nil report?")
    tab_to(page, "st-key-mine-submit")
    page.keyboard.press("Enter")
    wait_until_told(page, "Submitted: 1 update and 1 nil report.")
    assert log(Progress)[-1].narrative in {"Two members sent comments.", None}
    assert user.complaints == []


def test_a_second_computer_finds_the_draft_and_a_field_is_light_on_the_line(open_as, log):
    received = []
    user = open_as(ANNA)
    page = user.page
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.reload()
    page.wait_for_selector("[class*=st-key-mine-bar]")
    page.locator(f".{key_of(COMPLETED, 'open')} button").click()
    field = page.locator(f".{key_of(COMPLETED, 'narrative')} textarea")
    field.wait_for()
    page.wait_for_timeout(1500)
    received.clear()
    field.fill("Every service is online.")
    field.blur()
    page.wait_for_timeout(1000)

    assert [one.narrative for one in log(Draft) if one.status == "completed"] == ["Every service is online."]
    assert sum(received) < 40_000
    other = open_as(BEN).page
    other.locator(f".{key_of(COMPLETED, 'open')} button").click()
    wait_until_told(other, "by somebody else")
    expect(other.locator(f".{key_of(COMPLETED, 'narrative')} textarea")).to_have_value("Every service is online.")


def test_who_types_on_while_an_answer_is_on_its_way_loses_nothing(open_as):
    page = open_as(BEN).page
    page.locator(f".{key_of(('I35', 'ASEAN'), 'status')}").get_by_text("Ongoing").click()
    field = page.locator(f".{key_of(('I35', 'ASEAN'), 'narrative')} textarea")
    field.wait_for()
    page.locator(f".{key_of(('I35', 'ASEAN'), 'percent')}").get_by_text("90 adopted").click()
    field.click()
    page.keyboard.type("Typed before the answer came.", delay=15)
    page.wait_for_timeout(1500)

    expect(field).to_have_value("Typed before the answer came.")


def test_a_file_goes_up_and_is_the_draft_s(open_as):
    page = open_as(BEN).page
    page.locator(f".{key_of(('I37', 'ASEAN'), 'status')}").get_by_text("Ongoing").click()
    chooser = page.locator(f"[class*={key_of(('I37', 'ASEAN'), 'file')}] input[type=file]")
    chooser.wait_for(state="attached")
    minutes = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 minutes"}
    chooser.set_input_files(minutes)
    wait_until_told(page, "minutes.pdf · 1 kB")
    chooser.set_input_files(minutes | {"buffer": b"<script>"})
    wait_until_told(page, "is not what its name says")
    assert page.get_by_text("minutes.pdf · 1 kB").count() == 1

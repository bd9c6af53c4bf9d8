"""Every document and every mail in each of the six states of the world."""

import json
from datetime import timedelta

import pytest

from models.access.archive import archive, archived, draft
from models.amendments.adoption_workbook import write_adoption
from models.core.notice import Notice
from models.core.settings import ServerSettings
from models.meetings.handover import handover
from models.people.accounts import person_at
from models.people.context import Context
from models.people.mail import as_file
from models.people.sign_in import make_link
from models.people.sign_in_mail import link_address, sign_in_mail
from models.people.visibility_rules import Display
from models.progress.notices import return_notice
from models.reporting.form_read import progress_form
from models.reporting.form_workbook import write_form
from models.reporting.reminders import reminder_files
from models.store.database import reading, writing
from reports.formats import Format, write
from reports.handover import describe_handover
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from tests.kit.states import MOMENTS, State, address_of, database_in, user_of

ADDRESS = "https://aiprap.example.org"
SCOPES = ("all", "body:TMTF", "body:AWGIPC", "state:KH", "state:TL")
BEGINS = {Format.PDF: b"%PDF", Format.CSV: b"", Format.JSON: b"{"}
ONLY_A_HEADING = "not_reported"
"""A section whose heading says all there is for those who may not know who owes a report."""
OPEN_CYCLE = {State.FIRST_REPORT, State.PART_REPORTED, State.ADOPTED, State.AMENDED, State.DEMONSTRATION}


@pytest.fixture(scope="module", name="state", params=State)
def _state(request):
    return request.param


@pytest.fixture(scope="module", name="engine")
def _engine(state):
    """The state's database; a test that writes leaves nothing that another one looks at."""
    with database_in(state) as engine:
        yield engine


@pytest.fixture(name="context")
def _context(engine, state):
    """An officer of the secretariat reads, at the state's moment."""
    with reading(engine) as session:
        yield Context.at(session, user_of(session, "secretariat"), MOMENTS[state])


def sources(context, display):
    """What a report can be made from: a draft, and the newest snapshot where there is one."""
    newest = archive(context)[-1:]
    return [draft(context, display), *(archived(context, mark.id, display) for mark in newest)]


def test_the_report_is_described_for_every_audience_and_scope(context):
    for display in Display:
        for source in sources(context, display):
            for scope in SCOPES:
                about = ReportScope.parse(scope, source.snapshot.plan)
                report = describe(source, scope=about, display=display, address=ADDRESS)
                tables = json.loads(write(report, Format.JSON, template=None))["tables"]

                assert tables["commitments"], (display, scope)
                empty = {section.key for section in report.sections if not section.blocks}
                assert empty <= {ONLY_A_HEADING}, (display, scope)


@pytest.mark.parametrize("form", Format)
def test_the_report_is_written_in_every_format(context, form):
    source = sources(context, Display.MEETING)[-1]
    report = describe(source, scope=ReportScope(), display=Display.MEETING, address=ADDRESS)

    assert write(report, form, template=None).startswith(BEGINS.get(form, b"PK"))


def test_the_handover_pack_of_everybody_is_described_and_written(context):
    packs = [describe_handover(handover(context, key), ADDRESS) for key in (*context.plan.body, *context.plan.state)]

    assert all(section.blocks for pack in packs for section in pack.sections)
    for form in (Format.WORD, Format.PDF):
        assert write(packs[1], form, template=None).startswith(BEGINS.get(form, b"PK"))


def test_the_workbooks_to_be_filled_are_written(context):
    for content in (write_adoption(context.plan), write_form(progress_form(context, ("TMTF", "KH")))):
        assert content.startswith(b"PK")


def test_whoever_owes_something_is_reminded_and_nobody_else(engine, state):
    with writing(engine) as session:
        context = Context.at(session, user_of(session, "secretariat"), MOMENTS[state])
        letters = reminder_files(context, ServerSettings(ADDRESS), ADDRESS)

    assert bool(letters) is (state in OPEN_CYCLE)
    assert all(b"You owe " in letter and b"/my-updates" in letter for letter in letters.values())


def test_a_statement_on_anything_is_returned_with_a_notice(context):
    for commitment in context.plan.commitments():
        notice = return_notice("a@example.org", commitment, "Please name the office.", plan=context.plan, page=ADDRESS)

        assert as_file(notice).startswith(b"To: a@example.org")
        assert "Please name the office." in notice.text


def test_a_sign_in_link_is_mailed(engine, state):
    with writing(engine) as session:
        context = Context.at(session, user_of(session, "secretariat"), MOMENTS[state])
        token = make_link(context, person_at(session, address_of("chair")))
        subject, text = sign_in_mail(link_address(ADDRESS, token.text), token.expires_at, context.plan)

    assert context.plan.title in as_file(Notice("a@example.org", subject, text)).decode()
    assert f"{ADDRESS}/sign-in/{token.text}" in text
    assert token.expires_at > MOMENTS[state] + timedelta(minutes=1)

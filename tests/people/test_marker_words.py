"""One set of words in every restricted field, looked for in everything a person can open."""

import json
import re
import zipfile
from contextlib import suppress
from html import unescape
from io import BytesIO

import pytest
from sqlmodel import col, select

from models.access.archive import archive, archived, draft
from models.access.evidence import evidence_file
from models.admin.audit_trail import AuditFilter, audit_trail
from models.core.errors import NotPermitted
from models.core.settings import ServerSettings
from models.core.vocabulary import Basis, Grouping
from models.figures.assess import figures
from models.meetings.handover import handover
from models.people.context import Context
from models.people.visibility_rules import displays_of
from models.plan.canonical import export
from models.progress.latest import View
from models.progress.ledger import ledger
from models.progress.notices import notice_of_return
from models.reporting.form_read import progress_form, speakers_of
from models.reporting.form_workbook import write_form
from models.reporting.reminders import reminder_files
from models.store.database import reading, writing
from models.store.tables import Evidence, Progress
from pages.menu_pages import pages_for
from pages.shared import who
from reports.formats import Format, write
from reports.handover import describe_handover
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from tests.kit.marked import EVERYTHING, MARKER, write_markers
from tests.kit.states import MOMENTS, ROLES, State, World, address_of, database_in, enter, user_of
from tests.pages.opening import moved_to, open_page

ADDRESS = "https://aiprap.example.org"
NOW = MOMENTS[State.AMENDED]
BASES: tuple[dict[str, str], ...] = ({}, {"basis": "reported"})

EVERYBODY = tuple(ROLES)
MEETING = ("observer", "chair", "focal point", "AWGIPC chair", "secretariat")
AUTHOR = ("focal point", "secretariat")
OFFICER = ("secretariat",)
NOBODY: tuple[str, ...] = ()

WORDS = ("Narrative", "Obstacles", "NextStep", "SupportNeeded")
TABLE: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {
    # A cleared statement: for the meeting, but for the evidence that was opened.
    "Typed": {EVERYBODY: ("Opened",), MEETING: (*WORDS, "Reason", "Document", "File", "Content")},
    "Later": {EVERYBODY: ("Opened",), MEETING: (*WORDS, "Document", "File", "Content")},
    "Form": {EVERYBODY: ("Opened",), MEETING: WORDS},
    "Imported": {MEETING: WORDS},
    "Absent": {MEETING: WORDS},
    "Behalf": {MEETING: (*WORDS, "Document", "Content"), NOBODY: ("File",)},
    "Outside": {MEETING: (*WORDS, "Document", "Content"), NOBODY: ("File",)},
    # A statement that is not cleared, or no longer: for who wrote it and who reviews it.
    "Waiting": {OFFICER: (*WORDS, "Opened", "Document", "File"), AUTHOR: ("Content",)},
    "Returned": {AUTHOR: (*WORDS, "Opened", "Document", "File", "Content", "Note")},
    "Withdrawn": {
        EVERYBODY: ("Opened",),
        MEETING: (*WORDS, "Document"),
        AUTHOR: ("Content",),
        OFFICER: ("File", "Why"),
    },
    # A draft: for who writes it.
    "Draft": {("focal point",): (*WORDS, "Opened", "Document", "File"), NOBODY: ("Content",)},
    "Paper": {MEETING: ("AgendaItem", "DocumentNumber", "Classification", "Invited")},
    "Decision": {MEETING: ("Open", "Closed", "Evidence", "Reason")},
}
"""By act: who finds what was written in which field. By hand, from SHOWN in models/people/visibility_rules.py."""

EXPECTED = {
    f"zq{act}{field}9": users for act, fields in TABLE.items() for users, names in fields.items() for field in names
} | {
    "2035-03-03": MEETING,
    "3 Mar 2035": MEETING,
    "Focal point by name": AUTHOR,  # the menu names who is signed in
    "Secretariat by name": OFFICER,
    "focal.point@example.org": OFFICER,
}
"""Who finds each marker."""


@pytest.fixture(scope="module", name="engine")
def _engine():
    with database_in(State.EMPTY) as engine:
        write_markers(World(engine))
        yield engine


def markers(content):
    """The markers in a text, in bytes, or in the parts of a zipped file."""
    if isinstance(content, bytes) and content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return set().union(*(markers(parts.read(name)) for name in parts.namelist()))
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    return set(MARKER.findall(unescape(re.sub(r"</?w:[^>]*>", "", text))))


def on_pages(user):
    """The markers on every page, at every address that shows one of the marked statements."""
    page, found = open_page(), set()
    queries = {
        "initiative": [{"initiative": key, "state": party, **basis} for key, party in EVERYTHING for basis in BASES],
        "member-states": [{"state": state, **basis} for state in ("KH", "BN") for basis in BASES],
        "people-and-audit": [{}, {"part": "audit"}],
    }
    for entry in pages_for(user):
        for query in queries.get(entry.url_path, BASES):
            moved_to(page, entry.url_path, **query)
            found |= sent_to(page)
        for key in [one.key for one in page.button if one.key and one.key.endswith("-open")]:
            page.button(key=key).click().run()
            found |= sent_to(page.run())
    return found


def sent_to(page):
    """The markers in everything that was sent to the browser, as it was sent."""
    assert not page.exception
    return set().union(*(markers(one) for part in (page.main, page.sidebar) for one in elements_of(part)))


def elements_of(block):
    """Every element of a part of the page, as bytes."""
    for child in block.children.values():
        yield child.proto.SerializeToString()
        if hasattr(child, "children"):
            yield from elements_of(child)


def in_documents(context):
    """The markers in the reports and packs that the person may have, in every format."""
    found, reports = set(), []
    for display in displays_of(context.user):
        for source in sources(context, display):
            for scope in ("all", "body:AWGIPC", "state:KH", "state:BN"):
                about = ReportScope.parse(scope, source.snapshot.plan)
                reports.append(describe(source, scope=about, display=display))
    for speaker in (*context.plan.body, *context.plan.state):
        try:
            reports.append(describe_handover(handover(context, speaker), ADDRESS))
        except NotPermitted:
            continue
    for report in reports:
        found |= markers(repr(report))
    for form in Format:
        if form is not Format.PDF:
            found |= markers(write(reports[0], form, template=None))
    return found


def sources(context, display):
    """The draft of today, for whom there is one, and every snapshot in the person's archive."""
    with suppress(NotPermitted):
        yield draft(context, display)
    for mark in archive(context):
        yield archived(context, mark.id, display)


def in_files(context):
    """The markers in the evidence, the Excel form, and what is exported or listed for this person."""
    session, user = context.session, context.user
    files = [evidence_file(context, item) for item in session.exec(select(Evidence.id)).all()]
    found = set().union(*(markers(file.content) for file in files if file))
    if speakers_of(user):
        found |= markers(write_form(progress_form(context, speakers_of(user))))
    with suppress(NotPermitted):
        _, lines = audit_trail(context, AuditFilter())
        found |= markers("\n".join(" ".join(line.cells()) for line in lines))
    return found


def in_mails(context, name):
    """The markers in what is sent to this person: reminders, notices of return, and nothing else with words in it."""
    officer = Context.at(context.session, user_of(context.session, "secretariat"), NOW)
    rows = context.session.exec(select(col(Progress.id)).where(col(Progress.return_note).is_not(None))).all()
    notices = [notice_of_return(context.session, row, plan=context.plan, page=ADDRESS) for row in rows]
    letters = [f"{one.subject}\n{one.text}" for one in notices if one and one.to == address_of(name)]
    reminded = reminder_files(officer, ServerSettings(ADDRESS), ADDRESS).values()
    letters += [one.decode() for one in reminded if f"To: {address_of(name)}" in one.decode()]
    return set().union(*map(markers, letters)) - {address_of(name)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_finds_the_words_that_are_for_them_and_no_others(engine, name, monkeypatch):
    enter(engine, NOW, monkeypatch)
    with writing(engine) as session:
        context = Context.at(session, user_of(session, name), NOW)
        monkeypatch.setattr(who, "resolve", lambda *_: context.user)
        found = on_pages(context.user) | in_documents(context) | in_files(context) | in_mails(context, name)
        session.rollback()  # making reminders is recorded, and nobody else is to find that

    assert found == {marker for marker, users in EXPECTED.items() if name in users}


def test_the_plan_the_figures_and_the_ledger_hold_none_of_the_words(engine):
    with reading(engine) as session:
        context = Context.at(session, user_of(session, "secretariat"), NOW)
        open_data = [json.dumps(export(context.plan)), repr(ledger(session, NOW))]
        views = [View(NOW.date(), NOW, basis) for basis in Basis]
        open_data += [repr(figures(session, view, by)) for view in views for by in Grouping]

    assert not markers("\n".join(open_data))

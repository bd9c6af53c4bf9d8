"""Drafts: stored field by field, found by whoever may report, submitted all or not at all."""

from datetime import date, timedelta

import pytest

from models.core.errors import NotFound, NotPermitted, UpdateRefused
from models.core.vocabulary import Status
from models.people.permissions import PUBLIC
from models.plan.cache_key import current_stamp
from models.progress.clearing import return_to_author
from models.progress.drafts import (
    add_evidence,
    attach_file,
    commitment_id,
    discard,
    draft_evidence,
    newest_row,
    remove_evidence,
    report_nothing,
    save_field,
    set_public,
    written_in,
)
from models.progress.statement import StatementFields
from models.progress.submit import SubmitResult, submit_drafts
from models.store.database import reading
from models.store.reporting_tables import Draft, EvidenceFile
from models.store.tables import AuditEvent, Evidence, Progress
from tests.kit.builders import NOW, entry, rows_of, write
from tests.kit.reporters import (
    BRUNEI,
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    REGIONAL,
    SECRETARIAT_ROLE,
    add_user,
)

LATER = NOW + timedelta(minutes=5)
PDF = b"%PDF-1.7 minutes"


@pytest.fixture(name="draft_of")
def _draft_of(engine):
    def draft_of(commitment):
        with reading(engine) as session:
            draft = session.get(Draft, commitment_id(session, commitment))
            return written_in(draft) if draft else None

    return draft_of


@pytest.fixture(name="stamp")
def _stamp(engine, monkeypatch):
    """What is kept for readers is kept under this."""
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    return current_stamp


def fill(do, user, commitment=CAMBODIA, **fields):
    for field, value in ({"status": "ongoing", "percent": 50, "narrative": "Comments came in."} | fields).items():
        do(save_field, user, commitment, field, value)


# --- Saving ----------------------------------------------------------------------------------------------------------


def test_each_field_is_stored_as_it_is_left(do, cambodia, draft_of):
    do(save_field, cambodia, CAMBODIA, "narrative", " Comments came in. ")
    do(save_field, cambodia, CAMBODIA, "status", "ongoing")

    assert draft_of(CAMBODIA) == StatementFields(status=Status.ONGOING, narrative="Comments came in.")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (date(1905, 7, 23), "23 Jul 1905 is what a spreadsheet makes of the number 2031"),
        (date(1929, 12, 31), "is probably a year of two digits"),
        (date(2020, 12, 31), "is not between 1 Jan 2021 and 31 Dec 2035"),
        (date(2036, 1, 1), "is not between 1 Jan 2021 and 31 Dec 2035"),
        (date(3027, 1, 1), "is not between"),
        (2031, "is probably a year"),
        ("2031", "is a year and not a day"),
        ("03/04/2031", "can be 3 Apr 2031 or 4 Mar 2031"),
        ("Q4 2031", "is a quarter and not a day"),
        ("next year", "is not a date"),
        ("2031-02-30", "is not a day of the calendar"),
    ],
)
def test_a_proposed_due_date_lies_within_five_years_of_the_plan(do, cambodia, value, told):
    with pytest.raises(UpdateRefused, match=f"Proposed new due date: .*{told}"):
        do(save_field, cambodia, CAMBODIA, "proposed_due", value)


@pytest.mark.parametrize(
    ("assignment", "commitment"), [(CHAIR_ROLE, REGIONAL), (CAMBODIA_ROLE, REGIONAL), (BRUNEI_ROLE, BRUNEI)]
)
def test_chair_champion_and_focal_point_write_what_their_role_reaches(engine, do, draft_of, assignment, commitment):
    do(save_field, add_user(engine, "a@example.org", assignment), commitment, "next_step", "A meeting.")

    assert draft_of(commitment).next_step == "A meeting."


@pytest.mark.parametrize(
    ("assignment", "commitment"),
    [(BRUNEI_ROLE, CAMBODIA), (BRUNEI_ROLE, REGIONAL), (CHAIR_ROLE, CAMBODIA), (SECRETARIAT_ROLE, CAMBODIA)],
)
def test_nobody_else_does(engine, do, draft_of, assignment, commitment):
    user = add_user(engine, "a@example.org", assignment)

    for act in (save_field, add_evidence, attach_file):
        arguments = {save_field: ("narrative", "x"), add_evidence: ("x",), attach_file: ("a.pdf", PDF)}[act]
        with pytest.raises(NotPermitted):
            do(act, user, commitment, *arguments)
    for act_on_several in (report_nothing, submit_drafts):
        with pytest.raises(NotPermitted):
            do(act_on_several, user, [commitment])
    assert draft_of(commitment) is None


def test_whoever_is_no_longer_signed_in_is_informed(do):
    with pytest.raises(NotPermitted, match="Sign in"):
        do(save_field, PUBLIC, CAMBODIA, "narrative", "x")


def test_two_people_write_one_draft(engine, do, cambodia, draft_of):
    """Drafts belong to the commitment: chair and champion find the same one."""
    do(save_field, cambodia, REGIONAL, "narrative", "From the champion.")
    do(save_field, add_user(engine, "chair@example.org", CHAIR_ROLE), REGIONAL, "next_step", "From the chair.")

    assert draft_of(REGIONAL) == StatementFields(narrative="From the champion.", next_step="From the chair.")


def test_emptying_the_last_field_takes_the_draft_away(do, cambodia, draft_of):
    do(save_field, cambodia, CAMBODIA, "narrative", "Words.")
    do(save_field, cambodia, CAMBODIA, "narrative", "")

    assert draft_of(CAMBODIA) is None


def test_what_is_kept_for_readers_stays_while_drafts_are_written(stamp, do, cambodia):
    before = stamp()
    fill(do, cambodia)
    do(add_evidence, cambodia, CAMBODIA, "Minutes")
    do(attach_file, cambodia, CAMBODIA, "minutes.pdf", PDF)
    do(set_public, cambodia, CAMBODIA, 1, public=False)
    do(report_nothing, cambodia, [("I03", "KH")])
    do(discard, cambodia, ("I03", "KH"))
    assert stamp() == before

    do(submit_drafts, cambodia, [CAMBODIA])
    assert stamp() != before


def test_the_draft_names_who_saved_it_last_and_the_trail_who_took_away_what(engine, do, cambodia):
    chair = add_user(engine, "chair@example.org", CHAIR_ROLE)
    do(save_field, cambodia, REGIONAL, "narrative", "From the champion.")
    do(add_evidence, chair, REGIONAL, "Minutes", now=LATER)
    (draft,) = rows_of(engine, Draft)
    assert (draft.saved_by, draft.saved_at) == (chair.person_id, LATER)

    do(remove_evidence, chair, REGIONAL, 1)
    do(discard, chair, REGIONAL)
    events = [(one.action, one.subject, one.person_id) for one in rows_of(engine, AuditEvent)[-2:]]
    assert events == [(act, "I01/ASEAN", chair.person_id) for act in ("remove evidence", "discard draft")]


def test_what_was_returned_is_taken_up_again_with_its_evidence(engine, do, cambodia, draft_of, plan):
    (row,) = write(engine, entry(evidence=[{"document": "Minutes, para 3"}]), plan=plan)
    officer = add_user(engine, "officer@example.org", SECRETARIAT_ROLE)
    do(return_to_author, officer, row, note="Name the document.")
    do(save_field, cambodia, CAMBODIA, "next_step", "Translation.")

    assert draft_of(CAMBODIA) == StatementFields(
        status=Status.ONGOING, percent=40, narrative="Work goes on.", next_step="Translation."
    )
    do(submit_drafts, cambodia, [CAMBODIA])
    rows = rows_of(engine, Progress)
    assert rows[-1].replaces_id == row
    assert [(one.progress_id, one.document) for one in rows_of(engine, Evidence)] == [
        (row, "Minutes, para 3"),
        (rows[-1].id, "Minutes, para 3"),
    ]


# --- Evidence --------------------------------------------------------------------------------------------------------


def test_an_address_is_a_link_and_anything_else_names_a_document(engine, do, cambodia):
    do(add_evidence, cambodia, CAMBODIA, "https://example.org/minutes")
    do(add_evidence, cambodia, CAMBODIA, "AWGIPC 79 Summary Record, para 34")
    with reading(engine) as session:
        row_id = commitment_id(session, CAMBODIA)
        items = draft_evidence(session, [row_id])[row_id]

    assert [(one.url, one.document, one.public) for one in items] == [
        ("https://example.org/minutes", None, True),
        (None, "AWGIPC 79 Summary Record, para 34", True),
    ]


@pytest.mark.parametrize("text", ["", "   ", "https://exa mple.org/x"])
def test_what_points_nowhere_is_refused(do, cambodia, text):
    with pytest.raises(UpdateRefused):
        do(add_evidence, cambodia, CAMBODIA, text)


def test_a_file_is_kept_in_the_database_and_restricted_at_first(engine, do, cambodia):
    do(attach_file, cambodia, CAMBODIA, "../minutes.pdf", PDF)
    fill(do, cambodia)
    do(submit_drafts, cambodia, [CAMBODIA])
    (item,), (file,) = rows_of(engine, Evidence), rows_of(engine, EvidenceFile)

    assert (item.title, item.file_id, item.public) == ("minutes.pdf", file.id, False)
    assert (file.name, file.content_type, file.size, file.content) == ("minutes.pdf", "application/pdf", len(PDF), PDF)


def test_a_disguised_file_changes_nothing(engine, do, cambodia, draft_of):
    with pytest.raises(UpdateRefused, match="not what its name says"):
        do(attach_file, cambodia, CAMBODIA, "minutes.pdf", b"<script>")
    assert draft_of(CAMBODIA) is None
    assert rows_of(engine, EvidenceFile) == []


def test_a_removed_item_takes_its_file_along_but_not_what_the_log_rests_on(engine, do, cambodia):
    for name in ("kept.pdf", "gone.pdf"):
        do(attach_file, cambodia, CAMBODIA, name, PDF)
    with reading(engine) as session:
        row_id = commitment_id(session, CAMBODIA)
        kept, gone = draft_evidence(session, [row_id])[row_id]
    do(set_public, cambodia, CAMBODIA, kept.id, public=True)
    do(remove_evidence, cambodia, CAMBODIA, gone.id)
    fill(do, cambodia)
    do(submit_drafts, cambodia, [CAMBODIA])

    assert [file.name for file in rows_of(engine, EvidenceFile)] == ["kept.pdf"]
    assert [item.public for item in rows_of(engine, Evidence)] == [True]
    with pytest.raises(NotFound):
        do(remove_evidence, cambodia, CAMBODIA, gone.id)


def test_nobody_touches_the_evidence_of_another_commitment(engine, do, cambodia):
    do(add_evidence, cambodia, CAMBODIA, "Minutes")
    brunei = add_user(engine, "bn@example.org", BRUNEI_ROLE)

    with pytest.raises(NotFound):
        do(remove_evidence, brunei, BRUNEI, 1)
    with pytest.raises(NotPermitted):
        do(set_public, brunei, CAMBODIA, 1, public=True)


# --- Submitting ------------------------------------------------------------------------------------------------------


def test_a_submitted_draft_is_a_statement_of_the_body_or_state(engine, do, cambodia, draft_of):
    fill(do, cambodia, support_needed="Trainers.", requested="suspension", request_reason="No budget.")
    done = do(submit_drafts, cambodia, [CAMBODIA], now=LATER)
    row = rows_of(engine, Progress)[-1]

    assert done == SubmitResult(updates=1, nils=0)
    assert (row.status, row.percent, row.narrative, row.support_needed) == (
        "ongoing",
        50,
        "Comments came in.",
        "Trainers.",
    )
    assert (row.requested, row.request_reason, row.on_behalf_of) == ("suspension", "No budget.", "KH")
    assert (row.submitted_at, row.cleared_at, row.author_id) == (LATER, None, cambodia.person_id)
    assert draft_of(CAMBODIA) is None


def test_completed_without_evidence_is_refused_with_the_reason(do, cambodia, draft_of):
    fill(do, cambodia, status="completed", percent=None)
    with pytest.raises(UpdateRefused, match="I02/KH: Evidence completed needs evidence; add a link, a file"):
        do(submit_drafts, cambodia, [CAMBODIA])
    assert draft_of(CAMBODIA).status is Status.COMPLETED

    do(add_evidence, cambodia, CAMBODIA, "Decree 12 of 2027")
    assert do(submit_drafts, cambodia, [CAMBODIA]).updates == 1


def test_one_draft_that_is_not_ready_holds_all_back(engine, do, cambodia, draft_of):
    fill(do, cambodia)
    do(save_field, cambodia, ("I03", "KH"), "status", "ongoing")
    with pytest.raises(UpdateRefused) as refusal:
        do(submit_drafts, cambodia, [CAMBODIA, ("I03", "KH")])

    assert str(refusal.value).splitlines() == [
        "I03/KH: What happened since is missing; say in a sentence what happened.",
        "I03/KH: How far is missing; choose how far it is, such as 50 draft circulated.",
    ]
    assert rows_of(engine, Progress) == []
    assert draft_of(CAMBODIA) is not None


@pytest.mark.parametrize(
    ("fields", "against"),
    [
        ({"requested": "not_applicable"}, "Reason for the request is missing"),
        ({"request_reason": "No such office."}, "Request to the meeting is missing"),
        ({"proposed_due": "2025-12-31"}, "Proposed new due date is not after the start"),
        ({"proposed_due": "2029-12-31"}, "Proposed new due date is the due date already"),
    ],
)
def test_a_proposal_must_make_sense(do, cambodia, fields, against):
    fill(do, cambodia, **fields)
    with pytest.raises(UpdateRefused, match=against):
        do(submit_drafts, cambodia, [CAMBODIA])


def test_deliverables_give_the_percentage(engine, do):
    chair = add_user(engine, "chair@example.org", CHAIR_ROLE)
    fill(do, chair, REGIONAL, percent=None, deliverables_done=("D1",))
    do(submit_drafts, chair, [REGIONAL])

    assert rows_of(engine, Progress)[-1].percent == 28


def test_no_change_is_a_draft_that_says_nothing_and_becomes_a_nil_report(engine, do, cambodia, draft_of):
    do(report_nothing, cambodia, [CAMBODIA, ("I03", "KH")])
    do(discard, cambodia, ("I03", "KH"))
    assert draft_of(CAMBODIA).is_empty
    assert draft_of(("I03", "KH")) is None

    assert do(submit_drafts, cambodia, [CAMBODIA]) == SubmitResult(updates=0, nils=1)
    row = rows_of(engine, Progress)[-1]
    assert (row.kind, row.status, row.on_behalf_of) == ("nil", None, "KH")


def test_no_change_does_not_wipe_out_a_draft(do, cambodia, draft_of):
    fill(do, cambodia)
    with pytest.raises(UpdateRefused, match="has a draft"):
        do(report_nothing, cambodia, [("I03", "KH"), CAMBODIA])
    assert draft_of(("I03", "KH")) is None


def test_what_was_not_shown_is_not_submitted(engine, do, cambodia, plan):
    chair = add_user(engine, "chair@example.org", CHAIR_ROLE)
    do(save_field, cambodia, REGIONAL, "narrative", "From the champion.")
    do(save_field, chair, REGIONAL, "narrative", "Otherwise.", now=LATER)
    with pytest.raises(UpdateRefused, match="I01/ASEAN: somebody else changed the draft"):
        do(submit_drafts, cambodia, [REGIONAL], now=LATER, seen_at=NOW)

    fill(do, cambodia)
    meanwhile = entry(entered_at=LATER.isoformat(), submitted_at=LATER.isoformat())
    write(engine, meanwhile, plan=plan, now=LATER)
    with pytest.raises(UpdateRefused, match="I02/KH: somebody else reported"):
        do(submit_drafts, cambodia, [CAMBODIA], now=LATER, seen_at=NOW)
    assert do(submit_drafts, cambodia, [CAMBODIA], now=LATER, seen_at=LATER).updates == 1


def test_a_draft_is_submitted_once(engine, do, cambodia):
    fill(do, cambodia)
    do(submit_drafts, cambodia, [CAMBODIA])
    with pytest.raises(UpdateRefused, match="no longer has a draft"):
        do(submit_drafts, cambodia, [CAMBODIA])
    with reading(engine) as session:
        newest = newest_row(session, commitment_id(session, CAMBODIA))
    assert newest is not None
    assert newest.id == 1

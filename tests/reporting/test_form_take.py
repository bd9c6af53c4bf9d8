"""Taking a form in: as drafts of whoever filled it in, or as recorded for a body or state; all of it or nothing."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.core.errors import FormRefused, NotPermitted
from models.people.context import Context
from models.people.permissions import PUBLIC, Action
from models.progress.clearing import return_to_author
from models.progress.drafts import save_field
from models.progress.submit import submit_drafts
from models.reporting.form_take import ConflictDecision, Verdict, check_form, record_form, take_drafts
from models.store.database import reading, writing
from models.store.reporting_tables import Draft, DraftEvidence, EvidenceFile
from models.store.tables import AuditEvent, Evidence, Progress
from tests.conftest import fresh_database
from tests.kit.builders import LOADED, NOW, entry, load, rows_of, write
from tests.kit.forms import NAME, exported, filled, read
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    REGIONAL,
    add_user,
    reporting_plan,
)

pytestmark = pytest.mark.usefixtures("plan")

TRAINING = ("I03", "KH")
LATER = NOW + timedelta(days=1)
SAID = {
    (CAMBODIA, "status"): "Ongoing",
    (CAMBODIA, "percent"): "50",
    (CAMBODIA, "narrative"): "Comments came in.",
    (CAMBODIA, "documents"): "Minutes, para 3",
    (CAMBODIA, "links"): "https://example.org/minutes",
    (TRAINING, "status"): "Nothing to report",
}


@pytest.fixture(name="cambodia")
def _cambodia(engine):
    return add_user(engine, "kh@example.org", CAMBODIA_ROLE, CHAIR_ROLE)


@pytest.fixture(name="take")
def _take(engine, plan, cambodia):
    """Take a form in, as Cambodia unless said otherwise."""

    def take(form, *, user=cambodia, now=LATER, **decided):
        with writing(engine) as session:
            return take_drafts(Context(session, user, plan, now), read(form), decided=decided.get("decided", {}))

    return take


@pytest.fixture(name="record")
def _record(engine, plan, officer):
    def record(form, *, by=officer, decided=None):
        with writing(engine) as session:
            filled_in, day = read(form), LATER.date()
            context = Context(session, by, plan, LATER)
            return record_form(context, filled_in, form, decided=decided or {}, valid_on=day)

    return record


@pytest.fixture(name="check")
def _check(engine, plan, cambodia):
    def check(form, *, user=cambodia, action=Action.DRAFT):
        with reading(engine) as session:
            return check_form(Context(session, user, plan, NOW), read(form), action=action)

    return check


@pytest.fixture(name="changes")
def _changes(engine, plan):
    def changes(form, user, action=Action.DRAFT):
        with reading(engine) as session:
            return check_form(Context(session, user, plan, NOW), read(form), action=action).changes

    return changes


def drafts(engine):
    return {one.narrative or one.status or "": one for one in rows_of(engine, Draft)}


def written(engine):
    tables = (Draft, DraftEvidence, Progress, Evidence, EvidenceFile, AuditEvent)
    return [[one.model_dump() for one in rows_of(engine, table)] for table in tables]


def test_what_was_filled_in_becomes_drafts_with_evidence_and_nothing_is_submitted(engine, cambodia, take):
    done = take(filled(exported(engine, cambodia), SAID))

    assert "6 cells were taken from the form, on 2 commitments" == done.sentence
    filing, training = (drafts(engine)[key] for key in ("Comments came in.", ""))
    assert ("ongoing", 50, cambodia.person_id) == (filing.status, filing.percent, filing.saved_by)
    assert (None, None) == (training.status, training.narrative)
    items = [(one.document, one.url, one.public) for one in rows_of(engine, DraftEvidence)]
    assert [("Minutes, para 3", None, True), (None, "https://example.org/minutes", True)] == items
    assert [] == rows_of(engine, Progress)
    with reading(engine) as session:
        (event,) = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "take form")).all()
    assert ("form of TMTF and KH", cambodia.person_id) == (event.subject, event.person_id)


def test_taking_the_same_form_again_changes_nothing(engine, cambodia, take, plan):
    form = filled(exported(engine, cambodia), SAID)
    take(form)
    before = written(engine)
    assert "No cell was taken: nothing in the form differs from what is saved here" == take(form).sentence
    assert before == written(engine)

    with writing(engine) as session:
        submit_drafts(Context(session, cambodia, plan, LATER), [CAMBODIA, TRAINING])
    assert 0 == take(form).cells
    assert [] == rows_of(engine, Draft)


def test_a_cell_changed_on_both_sides_waits_for_a_decision(engine, cambodia, take, plan, changes):
    form = filled(exported(engine, cambodia), {(CAMBODIA, "narrative"): "Mine.", (CAMBODIA, "next_step"): "A step."})
    with writing(engine) as session:
        save_field(Context(session, cambodia, plan, NOW), CAMBODIA, "narrative", "Theirs.")
    before = written(engine)
    told = f"{NAME}:4: Progress!N4: What happened since: differs from your own draft, saved 30 Jun 2027, 19:00"
    with pytest.raises(FormRefused) as refused:
        take(form)

    assert f"{told} (Asia/Jakarta); say which of the two is kept" == str(refused.value)
    assert before == written(engine)
    assert [Verdict.CONFLICT, Verdict.TAKEN] == [one.verdict for one in changes(form, cambodia)]

    key = (CAMBODIA, "narrative")
    take(form, decided={key: ConflictDecision(form=False, saved="Theirs.")})
    assert ("Theirs.", "A step.") == (drafts(engine)["Theirs."].narrative, drafts(engine)["Theirs."].next_step)
    take(form, decided={key: ConflictDecision(form=True, saved="Theirs.")})
    assert "Mine." in drafts(engine)


def test_what_somebody_submitted_since_the_export_is_a_conflict(engine, cambodia, changes):
    form = filled(exported(engine, cambodia), {(CAMBODIA, "status"): "Completed", (CAMBODIA, "narrative"): "Done."})
    write(engine, entry(narrative="By e-mail.", submitted_at=NOW.isoformat()))

    found = {one.field: (one.now, one.verdict) for one in changes(form, cambodia)}
    assert {"status": ("Ongoing", Verdict.CONFLICT), "narrative": ("By e-mail.", Verdict.CONFLICT)} == found


def test_what_was_returned_is_corrected_in_the_form(engine, cambodia, officer, plan, take):
    (row,) = write(engine, entry("I03", narrative="Trained.", evidence=[{"document": "Minutes"}]))
    with writing(engine) as session:
        return_to_author(Context(session, officer, plan, NOW), row, note="Say how many.")
    take(filled(exported(engine, cambodia), {(TRAINING, "narrative"): "Trained twelve."}))

    (draft,) = rows_of(engine, Draft)
    assert ("ongoing", 40, "Trained twelve.") == (draft.status, draft.percent, draft.narrative)
    assert ["Minutes"] == [one.document for one in rows_of(engine, DraftEvidence)]


def test_a_draft_emptied_in_the_form_is_gone_and_a_mark_replaces_it(engine, cambodia, plan, take):
    with writing(engine) as session:
        for one in (CAMBODIA, TRAINING):
            save_field(Context(session, cambodia, plan, NOW), one, "narrative", "Words.")
    form = exported(engine, cambodia)
    take(
        filled(
            form,
            {
                (CAMBODIA, "narrative"): None,
                (TRAINING, "narrative"): None,
                (TRAINING, "status"): "Nothing to report",
            },
        )
    )

    (left,) = rows_of(engine, Draft)
    assert (None, None) == (left.narrative, left.status)


def test_only_what_is_the_readers_is_taken_and_nothing_else_is_revealed(engine, cambodia, take, changes):
    form = filled(exported(engine, cambodia), SAID)
    before = written(engine)
    for user in (PUBLIC, add_user(engine, "bn@example.org", BRUNEI_ROLE)):
        with pytest.raises(NotPermitted):
            changes(form, user)
    with pytest.raises(NotPermitted):
        take(form, user=PUBLIC)
    assert before[:-1] == written(engine)[:-1]


def test_a_form_of_another_database_is_refused(take):
    with fresh_database() as other:
        load(other, reporting_plan(), now=LOADED + timedelta(days=1))
        form = exported(other, add_user(other, "kh@example.org", CAMBODIA_ROLE, CHAIR_ROLE))
    with pytest.raises(FormRefused, match="this form was exported from another database; take a new form here"):
        take(filled(form, {(CAMBODIA, "narrative"): "Words."}))


def test_a_form_that_came_by_mail_is_recorded_for_those_who_filled_it_in(engine, officer, record):
    form = filled(exported(engine, officer), SAID)
    done = record(form)

    assert 2 == done.commitments
    update, nil = sorted(rows_of(engine, Progress), key=lambda row: row.kind, reverse=True)
    assert ("update", "ongoing", 50, "KH", officer.person_id) == (
        update.kind,
        update.status,
        update.percent,
        update.on_behalf_of,
        update.author_id,
    )
    assert ("nil", "KH") == (nil.kind, nil.on_behalf_of)
    (file,) = rows_of(engine, EvidenceFile)
    assert (NAME, form) == (file.name, file.content)
    kept = {one.document: one.file_id for one in rows_of(engine, Evidence)}
    assert file.id == kept[f"Progress form {NAME}, line 4"]
    assert {"Minutes, para 3", None} < set(kept)


def test_what_was_exported_from_a_draft_counts_as_said_once_it_is_mailed(engine, cambodia, plan, record):
    with writing(engine) as session:
        for field, value in {"status": "ongoing", "percent": 25, "narrative": "Begun."}.items():
            save_field(Context(session, cambodia, plan, NOW), CAMBODIA, field, value)
    record(filled(exported(engine, cambodia), {(CAMBODIA, "narrative"): "Begun in May."}))

    (row,) = rows_of(engine, Progress)
    assert ("ongoing", 25, "Begun in May.") == (row.status, row.percent, row.narrative)


def test_one_line_that_cannot_be_recorded_keeps_no_other_line_out(engine, officer, record, check):
    form = filled(exported(engine, officer), SAID | {(REGIONAL, "status"): "Ongoing"})
    (told,) = {problem.what for problem in check(form, user=officer, action=Action.RECORD_ON_BEHALF).problems} - {
        "I01/ASEAN: How far is missing"
    }
    done = record(form)

    assert "I01/ASEAN: What happened since is missing" == told
    assert f"{NAME}:3: Progress!A3: I01/ASEAN: What happened since is missing; say" in "\n".join(
        map(str, done.problems)
    )
    assert (2, 2) == (done.commitments, len(rows_of(engine, Progress)))
    assert done.sentence.endswith("on 2 commitments; 1 line of it was refused")


def test_good_lines_are_taken_while_the_others_are_refused_by_themselves(engine, cambodia, take):
    form = filled(exported(engine, cambodia), SAID | {(TRAINING, "status"): "80 % done", (REGIONAL, "narrative"): "x"})
    done = take(form)

    assert (2, ["Progress!K5"]) == (done.commitments, [problem.path for problem in done.problems])
    assert {"Comments came in.", "x"} == set(drafts(engine))


def test_nothing_good_is_refused_with_every_problem(engine, cambodia, take):
    wrong = {(CAMBODIA, "status"): "80 % done", (TRAINING, "links"): "here", (REGIONAL, "proposed_due"): 2031}
    with pytest.raises(FormRefused) as refused:
        take(filled(exported(engine, cambodia), wrong))

    assert ["Progress!S3", "Progress!K4", "Progress!W5"] == [problem.path for problem in refused.value.problems]
    assert [] == rows_of(engine, Draft)


def test_everything_wrong_is_stated_in_one_round(engine, cambodia, officer, plan, take):
    """A cell that cannot be read, a conflict, and a line of somebody else, each in another row."""
    form = exported(engine, officer, "TMTF", "KH", "BN")
    words = {(TRAINING, "status"): "80 % done", (CAMBODIA, "narrative"): "Mine.", (("I03", "BN"), "narrative"): "x"}
    with writing(engine) as session:
        save_field(Context(session, cambodia, plan, NOW), CAMBODIA, "narrative", "Theirs.")
    with pytest.raises(FormRefused) as refused:
        take(filled(form, words))

    told = str(refused.value)
    assert ("is not in the list" in told, "differs from your own draft" in told) == (True, True)
    assert "I03/BN: you have no role that reports on it; leave the line out, or ask the secretariat" in told


def test_a_conflict_says_whose_text_is_saved_here(engine, cambodia, plan, changes):
    form = filled(exported(engine, cambodia), {(CAMBODIA, "narrative"): "Mine."})
    colleague = add_user(engine, "colleague@example.org", CAMBODIA_ROLE)
    for user, origin in ((cambodia, "your own draft"), (colleague, "the draft of another person")):
        with writing(engine) as session:
            save_field(Context(session, user, plan, NOW), CAMBODIA, "narrative", "Theirs.")
        (change,) = changes(form, cambodia)
        assert f"{origin}, saved 30 Jun 2027, 19:00 (Asia/Jakarta)" == change.origin


EVIDENCE, EARLY = "Evidence completed needs evidence", "Proposed new due date is not after the start"
MISSING = {
    "completed without evidence": (
        {"status": "Completed", "narrative": "Done."},
        ["Evidence completed needs evidence"],
    ),
    "a status without words": ({"status": "Not started"}, ["What happened since is missing"]),
    "words without a status": ({"narrative": "Words."}, ["Status is missing"]),
    "no step": ({"status": "Ongoing", "narrative": "Words."}, ["How far is missing"]),
    "a reason without a request": ({"request_reason": "New law."}, ["Request to the meeting is missing"]),
    "a request without a reason": ({"requested": "that it be suspended"}, ["Reason for the request is missing"]),
    "a due date before the start": (
        {"proposed_due": date(2022, 1, 1)},
        ["Proposed new due date is not after the start"],
    ),
    "the due date again": ({"proposed_due": date(2029, 12, 31)}, ["Proposed new due date is the due date already"]),
    "two of them": ({"status": "Ongoing"}, ["How far is missing", "What happened since is missing"]),
    "evidence alone": ({"documents": "Minutes"}, ["Status is missing", "What happened since is missing"]),
    "nothing missing": ({"status": "Completed", "narrative": "Done.", "documents": "Minutes"}, []),
    "nothing to report": ({"status": "Nothing to report"}, []),
}


@pytest.mark.parametrize(("cells", "missing"), MISSING.values(), ids=MISSING)
def test_what_is_missing_to_submit_is_stated_when_the_form_is_uploaded(engine, cambodia, check, take, cells, missing):
    form = filled(exported(engine, cambodia), {(CAMBODIA, field): text for field, text in cells.items()})
    checked = check(form)
    told = [problem.what.removeprefix("I02/KH: ") for problem in checked.missing]

    for words in missing:
        assert any(line.startswith(words) for line in told)
    assert bool(missing) == bool(told)
    assert ((), 1) == (checked.problems, take(form).commitments)


def test_the_same_form_is_not_recorded_twice(engine, officer, record):
    form = filled(exported(engine, officer), {(TRAINING, "status"): "Nothing to report"})
    record(form)

    assert 0 == record(form).cells
    assert 1 == len(rows_of(engine, Progress))


def test_only_the_secretariat_records_a_form(engine, cambodia, record):
    form = filled(exported(engine, cambodia), SAID)
    with pytest.raises(NotPermitted):
        record(form, by=cambodia)


def test_nothing_to_report_in_a_form_takes_no_draft_away_that_it_did_not_know(engine, plan, cambodia, take):
    form = filled(exported(engine, cambodia), {(TRAINING, "status"): "Nothing to report"})
    with writing(engine) as session:
        save_field(Context(session, cambodia, plan, LATER), TRAINING, "narrative", "Typed meanwhile.")

    with pytest.raises(FormRefused, match="“Nothing to report” would delete your own draft, saved"):
        take(form)
    with reading(engine) as session:
        assert [one.narrative for one in session.exec(select(Draft))] == ["Typed meanwhile."]


def test_a_line_that_only_names_evidence_is_no_nil_report(engine, officer, record):
    form = filled(exported(engine, officer, "KH"), {(CAMBODIA, "documents"): "Minutes, para 3"})

    with pytest.raises(FormRefused, match="Status is missing"):
        record(form)
    with reading(engine) as session:
        assert session.exec(select(Progress)).all() == []

"""Taking a form in: as drafts of whoever filled it in, or as recorded for a body or state; all of it or nothing."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.core.errors import FormRefused, NotPermitted, UpdateRefused
from models.people.context import Context
from models.people.permissions import PUBLIC, Action
from models.progress.clearing import return_to_author
from models.progress.drafts import save_field
from models.progress.submit import submit_drafts
from models.reporting.form_take import ConflictDecision, Verdict, form_changes, record_form, take_drafts
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


@pytest.fixture(name="changes")
def _changes(engine, plan):
    def changes(form, user, action=Action.DRAFT):
        with reading(engine) as session:
            return form_changes(Context(session, user, plan, NOW), read(form), action=action)

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
    assert "Nothing in the form differs from what is saved here" == take(form).sentence
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
    told = f"{NAME}:4: Progress!N4: What happened since: changed here and by somebody else since the form was exported"
    with pytest.raises(FormRefused) as refused:
        take(form)

    assert f"{told}; say which of the two stays" == str(refused.value)
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


def test_what_was_returned_is_mended_in_the_form(engine, cambodia, officer, plan, take):
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


def test_only_what_is_the_readers_is_taken_and_nothing_of_it_is_told(engine, cambodia, take, changes):
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


def test_one_line_that_cannot_be_recorded_keeps_out_the_whole_form(engine, officer, record):
    form = filled(exported(engine, officer), SAID | {(REGIONAL, "status"): "Ongoing"})
    before = written(engine)
    with pytest.raises(FormRefused) as refused:
        record(form)

    assert f"{NAME}:3: I01/ASEAN: What happened since is missing; say in a sentence what happened" in str(refused.value)
    assert before == written(engine)


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

    with pytest.raises(UpdateRefused, match="a draft is being written on it here"):
        take(form)
    with reading(engine) as session:
        assert [one.narrative for one in session.exec(select(Draft))] == ["Typed meanwhile."]


def test_a_line_that_only_names_evidence_is_no_nil_report(engine, officer, record):
    form = filled(exported(engine, officer, "KH"), {(CAMBODIA, "documents"): "Minutes, para 3"})

    with pytest.raises(FormRefused, match="Status is missing"):
        record(form)
    with reading(engine) as session:
        assert session.exec(select(Progress)).all() == []

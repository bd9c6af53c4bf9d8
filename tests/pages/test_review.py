"""Review: cleared, returned, recorded and refused with the buttons of the page, whoever presses them."""

import logging
import smtplib
from datetime import date

import pytest
from sqlmodel import select

from models.core.vocabulary import Role
from models.people.permissions import PUBLIC, RoleAssignment
from models.store.database import reading, writing
from models.store.reporting_tables import EvidenceFile
from models.store.tables import Evidence, LedgerEntry, Progress
from pages.review import queue as review_queue
from pages.shared import who
from pages.shared.text import NOT_COMPLETED
from tests.kit.builders import CHAIR, NOW, OFFICER, arrange, cleared, entry, rows_of, write
from tests.kit.reporters import BRUNEI_ROLE, CAMBODIA_ROLE, SECRETARIAT_ROLE
from tests.pages.opening import html_of, open_page, said, text_of, title_of

pytestmark = pytest.mark.usefixtures("cycle_engine")

REVIEW, QUESTIONS = "review/page.py", "chairs_brief/page.py"


@pytest.fixture(name="officer")
def _officer(as_reader):
    return as_reader(SECRETARIAT_ROLE, email=OFFICER)


@pytest.fixture(name="signed_out")
def _signed_out(monkeypatch):
    """Calling it ends the session in the tab that stands open."""
    return lambda: monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)


@pytest.mark.usefixtures("officer")
def test_with_nothing_submitted_it_says_so_and_who_owes_a_report():
    page = open_page(REVIEW)

    assert title_of(page) == "No statement is waiting to be cleared"
    assert "Not reported for AWGIPC 82: 6 commitments" in text_of(page)
    assert "Reported and cleared" not in text_of(page)


@pytest.mark.usefixtures("officer")
def test_what_is_said_stands_beside_what_is_cleared(engine):
    write(engine, cleared(percent=25, narrative="Drafting."), entry(percent=50, narrative="A <b>draft</b> went round."))
    page_text = text_of(open_page(REVIEW))

    assert "25 drafting begun 50 draft circulated" in " ".join(page_text.split())
    assert "A <b>draft</b> went round." in page_text
    assert CHAIR in page_text


def test_a_file_of_evidence_can_be_opened_before_clearing(engine, officer):
    (row,) = write(engine, entry())
    with writing(engine) as session:
        file = EvidenceFile(
            name="draft.pdf",
            content_type="application/pdf",
            size=1,
            sha256="",
            content=b"x",
            uploaded_by=officer.person_id,
            uploaded_at=NOW,
        )
        arrange(session, file)
        session.flush()
        arrange(session, Evidence(progress_id=row, title="The <draft>", file_id=file.id))

    assert '<a href="./api/evidence/1">The &lt;draft&gt;</a>' in "".join(html_of(open_page(REVIEW)))


@pytest.mark.usefixtures("officer")
def test_what_is_ticked_is_cleared_and_nothing_else(engine):
    first, second = write(engine, entry(), entry(party="BN"))
    page = open_page(REVIEW)
    page.checkbox(key=f"tick-{first}").check()
    page.button(key="clear-ticked").click().run()

    assert [row.cleared_at for row in rows_of(engine, Progress)] == [NOW, None]
    assert "1 statement was cleared" in said(page)
    assert title_of(page) == "1 statement is waiting to be cleared"
    assert second == rows_of(engine, Progress)[1].id


@pytest.mark.usefixtures("officer")
def test_all_that_is_shown_can_be_ticked_at_once(engine):
    write(engine, entry(), entry(party="BN"), entry("I03", "KH", status="not_applicable"))
    page = open_page(REVIEW)
    page.button(key="tick-all").click().run()
    page.button(key="clear-ticked").click().run()

    assert [bool(row.cleared_at) for row in rows_of(engine, Progress)] == [True, True, False]


def test_all_that_is_shown_leaves_out_what_an_officer_with_two_roles_wrote(engine, as_reader):
    as_reader(SECRETARIAT_ROLE, CAMBODIA_ROLE, email=OFFICER)
    own, other = write(engine, entry(author=OFFICER, on_behalf_of="KH"), entry(party="BN"))
    page = open_page(REVIEW)
    box = page.checkbox(key=f"tick-{own}")
    page.button(key="tick-all").click().run()
    page.button(key="clear-ticked").click().run()

    assert (box.disabled, "is your own; somebody else of the secretariat clears it" in box.help) == (True, True)
    assert {row.id: bool(row.cleared_at) for row in rows_of(engine, Progress)} == {own: False, other: True}


@pytest.mark.usefixtures("officer")
def test_pressing_the_button_with_nothing_ticked_says_what_to_do(engine):
    write(engine, entry())
    page = open_page(REVIEW)
    page.button(key="clear-ticked").click().run()

    assert "Select at least one statement to clear." in said(page)


@pytest.mark.usefixtures("officer")
def test_the_queue_can_be_narrowed_to_one_body_or_state(engine):
    write(engine, entry(), entry(party="BN"))
    page = open_page(REVIEW, **{"from": "BN"})

    assert boxes(page) == ["I02/BN"]


@pytest.fixture(name="two_at_once")
def _two_at_once(monkeypatch):
    """So few statements are shown at once that three make two parts."""
    monkeypatch.setattr(review_queue, "AT_ONCE", 2)


def boxes(page):
    return [box.label.removeprefix("Clear ") for box in page.checkbox if box.label.startswith("Clear I")]


@pytest.mark.usefixtures("officer", "two_at_once")
def test_a_long_queue_is_worked_through_part_by_part(engine):
    write(engine, entry(party="BN"), entry("I03", "BN"), entry())
    page = open_page(REVIEW)
    assert boxes(page) == ["I02/BN", "I03/BN"]
    page.selectbox(key="choice-part").set_value("2")
    page.button(key="show").click().run()
    assert boxes(page) == ["I02/KH"]
    assert page.query_params["part"] == "2"

    page.button(key="tick-all").click().run()
    page.button(key="clear-ticked").click().run()
    assert [bool(row.cleared_at) for row in rows_of(engine, Progress)] == [False, False, True]
    assert boxes(page) == ["I02/BN", "I03/BN"]


@pytest.mark.usefixtures("officer", "two_at_once")
def test_what_was_typed_is_still_there_when_something_else_was_shown_meanwhile(engine):
    first, _, other = write(engine, entry(party="BN"), entry("I03", "BN"), entry())
    page = open_page(REVIEW)
    page.text_area(key=f"note-{first}").set_value("Which document?")
    page.checkbox(key=f"tick-{first}").check()
    page.selectbox(key="choice-from").set_value("KH")
    page.button(key="show").click().run()
    assert boxes(page) == ["I02/KH"]
    page.text_area(key=f"note-{other}").set_value("Another one.")
    page.selectbox(key="choice-from").set_value("all")
    page.button(key="show").click().run()

    assert page.text_area(key=f"note-{first}").value == "Which document?"
    assert page.checkbox(key=f"tick-{first}").value
    assert rows_of(engine, Progress)[0].returned_at is None


@pytest.mark.usefixtures("officer", "two_at_once")
def test_of_another_body_or_state_the_first_part_is_shown(engine):
    write(engine, entry(party="BN"), entry("I03", "BN"), entry())
    page = open_page(REVIEW, part="2")
    page.selectbox(key="choice-from").set_value("BN")
    page.button(key="show").click().run()

    assert boxes(page) == ["I02/BN", "I03/BN"]
    assert "part" not in page.query_params


@pytest.mark.usefixtures("officer")
def test_a_return_keeps_its_note_and_offers_the_notice_to_hand_on(engine):
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.text_area(key=f"note-{row}").set_value("Which document?")
    page.button(key=f"return-{row}").click().run()

    (kept,) = rows_of(engine, Progress)
    assert (kept.returned_at, kept.return_note) == (NOW, "Which document?")
    assert "No mail server is configured" in said(page)
    assert f"To: {CHAIR}" in said(page)
    assert "http://localhost:8501/my-updates" in said(page)


@pytest.mark.usefixtures("officer")
def test_a_return_sends_one_mail_at_once(engine, monkeypatch):
    sent = []
    for name, value in {
        "PUBLIC_URL": "https://aiprap.example.org",
        "SMTP_URL": "smtp://mail.example.org",
        "MAIL_FROM": "no-reply@example.org",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("pages.review.queue.send", lambda _server, **mail: sent.append(mail))
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.text_area(key=f"note-{row}").set_value("Which document?")
    page.button(key=f"return-{row}").click().run()

    (mail,) = sent
    assert mail["to"] == CHAIR
    assert "Which document?" in mail["text"]
    assert "https://aiprap.example.org/my-updates" in mail["text"]
    assert f"{CHAIR} was notified" in said(page)


@pytest.mark.usefixtures("officer")
def test_a_mail_server_that_fails_undoes_no_return_and_the_notice_is_offered(engine, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://aiprap.example.org")
    monkeypatch.setenv("SMTP_URL", "smtp://mail.example.org")
    monkeypatch.setenv("MAIL_FROM", "no-reply@example.org")

    def refuse(*_arguments, **_named):
        raise smtplib.SMTPConnectError(421, b"busy")

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.text_area(key=f"note-{row}").set_value("Which document?")
    page.button(key=f"return-{row}").click().run()

    assert rows_of(engine, Progress)[0].returned_at == NOW
    assert "did not accept the e-mail" in said(page)
    assert f"To: {CHAIR}" in said(page)


@pytest.mark.usefixtures("officer")
def test_a_return_without_a_note_is_refused(engine):
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.button(key=f"return-{row}").click().run()

    assert "reason is missing on I02/KH" in said(page)
    assert rows_of(engine, Progress)[0].returned_at is None


@pytest.mark.usefixtures("officer")
def test_a_note_typed_on_what_a_colleague_has_just_cleared_is_given_back(engine):
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.text_area(key=f"note-{row}").set_value("A long note.")
    with writing(engine) as session:
        kept = session.get_one(Progress, row)
        kept.cleared_at, kept.cleared_by = NOW, kept.author_id
        arrange(session)
    page.button(key=f"return-{row}").click().run()

    assert "was cleared already" in said(page)
    assert "A long note." in said(page)


@pytest.mark.usefixtures("officer")
def test_what_changes_the_denominator_is_cleared_with_a_reason(engine):
    (row,) = write(engine, entry(status="not_applicable"))
    page = open_page(REVIEW)
    assert page.checkbox(key=f"tick-{row}").disabled
    page.text_input(key=f"reason-{row}").set_value("No such office")
    page.button(key=f"clear-{row}").click().run()

    with reading(engine) as session:
        assert [one.reason for one in session.exec(select(LedgerEntry))] == ["No such office"]


@pytest.mark.usefixtures("officer")
def test_one_s_own_update_has_no_box_to_tick(engine):
    (row,) = write(engine, entry(author=OFFICER))

    assert open_page(REVIEW).checkbox(key=f"tick-{row}").disabled


@pytest.mark.usefixtures("officer")
def test_an_open_tab_does_nothing_for_somebody_who_is_signed_out(engine, signed_out):
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.checkbox(key=f"tick-{row}").check()
    signed_out()
    page.button(key="clear-ticked").click().run()

    assert rows_of(engine, Progress)[0].cleared_at is None
    assert "waiting to be cleared" not in text_of(page)


def fill(page):
    """An e-mail of Cambodia on online filing."""
    page.selectbox(key="record-speaker").set_value("KH").run()
    page.selectbox(key="record-commitment").set_value("I02 Online filing in every office, Cambodia").run()
    page.selectbox(key="record-status").set_value("ongoing")
    page.selectbox(key="record-percent").set_value(50)
    page.text_area(key="record-narrative").set_value("A draft was sent round.")
    page.text_input(key="record-came-with").set_value("E-mail of 3 June 2027")
    page.date_input(key="record-valid-on").set_value(date(2027, 6, 3))
    page.text_area(key="record-obstacles").set_value("The law is old.")
    page.selectbox(key="record-obstacle_kind").set_value("law")
    page.text_area(key="record-next_step").set_value("A hearing.")
    page.text_area(key="record-support_needed").set_value("An expert.")
    page.file_uploader(key="record-file-0").upload("Mail.pdf", b"%PDF-1.7 mail", "application/pdf")


@pytest.mark.usefixtures("officer")
def test_what_came_by_mail_is_recorded_and_waits(engine):
    page = open_page(REVIEW)
    fill(page)
    page.button(key="record-it").click().run()

    (row,) = rows_of(engine, Progress)
    assert (row.on_behalf_of, row.percent, row.valid_on, row.cleared_at) == ("KH", 50, date(2027, 6, 3), None)
    assert (row.obstacles, row.obstacle_kind, row.next_step) == ("The law is old.", "law", "A hearing.")
    assert row.support_needed == "An expert."
    assert "was recorded for KH" in said(page)
    assert '<a href="./api/evidence/1">E-mail of 3 June 2027</a>' in "".join(html_of(page))
    emptied = [page.text_area(key=f"record-{name}").value for name in ("narrative", "obstacles", "next_step")]
    assert [*emptied, page.file_uploader(key="record-file-1").value] == ["", "", "", None]
    assert not page.checkbox(key=f"tick-{row.id}").disabled


@pytest.mark.usefixtures("officer")
def test_it_may_be_cleared_in_the_same_step_and_is_asked_about(engine):
    page = open_page(REVIEW)
    fill(page)
    page.checkbox(key="record-clear").check()
    page.button(key="record-it").click().run()

    (row,) = rows_of(engine, Progress)
    assert row.cleared_by == row.author_id
    assert "Cleared by the person who wrote it, on behalf of KH." in text_of(page)


@pytest.mark.usefixtures("officer")
def test_nothing_to_report_by_mail_is_a_nil_report(engine):
    page = open_page(REVIEW)
    fill(page)
    page.selectbox(key="record-status").set_value("nothing")
    page.button(key="record-it").click().run()

    assert [row.kind for row in rows_of(engine, Progress)] == ["nil"]


@pytest.mark.usefixtures("officer")
def test_what_changes_the_count_is_recorded_and_cleared_with_a_reason_for_the_ledger(engine):
    page = open_page(REVIEW)
    fill(page)
    page.selectbox(key="record-status").set_value("not_applicable")
    page.checkbox(key="record-clear").check()
    page.button(key="record-it").click().run()

    assert "A reason is missing on I02/KH" in said(page)

    page.text_input(key="record-reason").set_value("No such office")
    page.button(key="record-it").click().run()

    with reading(engine) as session:
        assert [line.reason for line in session.exec(select(LedgerEntry))] == ["No such office"]


@pytest.mark.usefixtures("officer")
def test_a_refused_record_leaves_the_form_as_it_was_typed(engine):
    page = open_page(REVIEW)
    fill(page)
    page.text_input(key="record-came-with").set_value("")
    page.button(key="record-it").click().run()

    assert "Evidence is missing" in said(page)
    assert page.text_area(key="record-narrative").value == "A draft was sent round."
    assert rows_of(engine, Progress) == []


@pytest.mark.parametrize(
    "roles",
    [(CAMBODIA_ROLE,), (BRUNEI_ROLE,), (RoleAssignment(Role.CHAIR, "AWGIPC"),), (RoleAssignment(Role.OBSERVER),)],
)
def test_nobody_else_has_the_page(as_reader, roles):
    as_reader(*roles)

    with pytest.raises(ValueError, match="Known pages"):
        open_page(REVIEW)


@pytest.mark.usefixtures("engine")
def test_the_public_has_neither_page():
    for path in (REVIEW, QUESTIONS):
        with pytest.raises(ValueError, match="Known pages"):
            open_page(path)


def test_the_chair_of_the_working_group_reads_the_questions_and_nothing_that_waits(engine, as_reader):
    as_reader(RoleAssignment(Role.CHAIR, "AWGIPC"), email="chair-of-awgipc@example.org")
    write(engine, cleared(percent=50), cleared(percent=25, valid_on="2027-03-02"), entry(narrative="Not cleared."))
    page_text = text_of(open_page(QUESTIONS))

    assert "Went from 50 % to 25 %, and names no obstacle." in page_text.replace("\xa0", " ")
    assert "Not cleared." not in page_text


@pytest.mark.parametrize("roles", [(CAMBODIA_ROLE,), (RoleAssignment(Role.CHAIR, "TMTF"),)])
def test_no_other_reporter_has_the_questions(as_reader, roles):
    as_reader(*roles)

    with pytest.raises(ValueError, match="Known pages"):
        open_page(QUESTIONS)


@pytest.mark.usefixtures("officer")
def test_an_error_on_our_side_keeps_the_page_and_what_was_typed(engine, monkeypatch, caplog):
    def broken(*_, **__):
        raise OSError("the disk is gone")

    monkeypatch.setattr("pages.review.queue.return_to_author", broken)
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    page.text_area(key=f"note-{row}").set_value("Which document?")
    page.button(key=f"return-{row}").click().run()

    assert NOT_COMPLETED in said(page)
    assert page.text_area(key=f"note-{row}").value == "Which document?"
    assert "the disk is gone" in caplog.text


@pytest.mark.usefixtures("officer")
def test_a_refusal_is_logged_under_the_name_of_the_act(engine, caplog):
    (row,) = write(engine, entry())
    page = open_page(REVIEW)
    with caplog.at_level(logging.INFO):
        page.button(key=f"return-{row}").click().run()

    assert "refused: return_to_author, UpdateRefused" in caplog.messages


@pytest.mark.usefixtures("officer")
def test_a_message_is_shown_once(engine):
    write(engine, entry())
    page = open_page(REVIEW)
    page.button(key="clear-ticked").click().run()
    assert "Select at least one statement" in said(page)

    assert "Select at least one statement" not in said(page.run())

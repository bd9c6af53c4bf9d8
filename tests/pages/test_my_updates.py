"""My updates: one list for all roles of one person, each field stored as it is left, one submit."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from models.people.context import Context
from models.people.permissions import PUBLIC
from models.progress import evidence_quota
from models.progress.clearing import return_to_author
from models.store.database import writing
from models.store.reporting_tables import Draft
from models.store.tables import Progress
from pages.shared import who
from tests.kit.builders import NOW, cleared, entry, rows_of, write
from tests.kit.reporters import CAMBODIA_ROLE, CHAIR_ROLE, SECRETARIAT_ROLE, add_user, reporting_plan
from tests.pages.opening import html_of, open_page, text_of, title_of

pytestmark = pytest.mark.usefixtures("cycle_engine")

PAGE = "my_updates/page.py"
FILING, TRAINING, GUIDELINES = "card-I02-KH", "card-I03-KH", "card-I01-ASEAN"


@pytest.fixture(name="cambodia", autouse=True)
def _cambodia(as_reader):
    return as_reader(CAMBODIA_ROLE, email="kh@example.org")


def leave(field):
    """Leave a field or press a button as a browser does, then draw the page whole: a card redraws itself alone."""
    return field.run().run()


def choose(page, key, value):
    return leave(page.segmented_control(key=key).set_value(value))


def write_in(page, key, text):
    return leave(page.text_area(key=key).set_value(text))


def press(page, key):
    return leave(page.button(key=key).click())


def fill(page):
    """Cambodia reports on online filing."""
    choose(page, f"{FILING}-status", "ongoing")
    choose(page, f"{FILING}-percent", 50)
    return write_in(page, f"{FILING}-narrative", "Comments came in.")


def words_of(page):
    """All that the page tells, the bar at its foot included."""
    bar = (re.sub(r"<[^>]+>", " ", block.value) for block in page.html)
    return " ".join(" ".join([text_of(page), *bar]).split())


def test_one_list_for_all_roles_each_commitment_once(as_reader):
    as_reader(CHAIR_ROLE, CAMBODIA_ROLE, email="kh@example.org")
    page = open_page(PAGE)

    assert not page.exception
    assert title_of(page) == "You owe 3 reports for AWGIPC 82"
    text = words_of(page)
    assert "Due 12 Jul 2027, in 12 days. 3 not begun. As chair of TMTF (1), as Cambodia (2)." in text
    assert text_of(page).count("A common set of guidelines") == 1
    assert "working title" in text


def test_a_field_is_stored_when_it_is_left(engine, cambodia):
    page = open_page(PAGE)
    choose(page, f"{FILING}-status", "ongoing")
    write_in(page, f"{FILING}-narrative", "Comments came in.")
    (draft,) = rows_of(engine, Draft)

    assert (draft.status, draft.narrative, draft.saved_by) == ("ongoing", "Comments came in.", cambodia.person_id)
    assert "Saved 19:00" in words_of(page)
    assert "1 changed, 2 untouched" in words_of(page)


def test_another_computer_finds_the_draft():
    fill(open_page(PAGE))
    page = open_page(PAGE)
    press(page, f"{FILING}-open")

    assert page.text_area(key=f"{FILING}-narrative").value == "Comments came in."
    assert page.segmented_control(key=f"{FILING}-percent").value == 50


def test_only_the_open_card_is_drawn_in_full():
    page = open_page(PAGE)
    assert len(page.text_area) == 0

    choose(page, f"{FILING}-status", "ongoing")
    choose(page, f"{TRAINING}-status", "not_started")
    assert {str(area.key).rpartition("-")[0] for area in page.text_area} == {TRAINING}
    press(page, f"{TRAINING}-close")
    assert len(page.text_area) == 0


def test_differences_are_shown_before_all_is_submitted(engine):
    write(engine, cleared(percent=25, narrative="Drafting."))
    page = fill(open_page(PAGE))
    press(page, "mine-look")
    page_text = " ".join(html_of(page))

    assert title_of(page) == "Submit 1 update?"
    assert "25 drafting begun" in page_text
    assert "50 draft circulated" in page_text
    assert rows_of(engine, Progress)[-1].narrative == "Drafting."

    page.button(key="mine-submit").click().run()
    assert rows_of(engine, Progress)[-1].narrative == "Comments came in."
    assert rows_of(engine, Draft) == []
    assert page.success[0].value.startswith("Submitted: 1 update.")
    assert title_of(page) == "You owe 2 reports for AWGIPC 82"
    assert "waiting for the secretariat" in words_of(page)


def test_no_change_on_the_others_can_be_undone_until_it_is_submitted(engine):
    page = fill(open_page(PAGE))
    press(page, "mine-no-change")
    assert "1 changed, 2 without change" in words_of(page)

    press(page, f"{TRAINING}-undo")
    assert "1 changed, 1 without change, 1 untouched" in words_of(page)

    press(page, "mine-look")
    assert title_of(page) == "Submit 1 update and 1 nil report?"
    press(page, "mine-submit")
    assert sorted(row.kind for row in rows_of(engine, Progress)) == ["nil", "update"]


def test_what_is_not_ready_says_why_and_stays_a_draft(engine):
    page = fill(open_page(PAGE))
    choose(page, f"{TRAINING}-status", "completed")
    write_in(page, f"{TRAINING}-narrative", "Done.")
    press(page, "mine-look")

    assert "Evidence: completed needs evidence. Add a link, a file or the reference of a document." in words_of(page)
    assert "1 cannot be submitted yet and stays a draft." in words_of(page)
    press(page, "mine-submit")
    assert [row.narrative for row in rows_of(engine, Progress)] == ["Comments came in."]
    assert [draft.narrative for draft in rows_of(engine, Draft)] == ["Done."]


def test_evidence_is_added_and_taken_away():
    page = fill(open_page(PAGE))
    leave(page.text_input(key=f"{FILING}-evidence").set_value("AWGIPC 79 Summary Record, para 34"))
    leave(page.file_uploader(key=f"{FILING}-file-0").upload("minutes.pdf", b"%PDF-1.7"))
    assert page.text_input(key=f"{FILING}-evidence").value == ""
    assert "minutes.pdf · 1 kB restricted" in words_of(page)

    press(page, f"{FILING}-item-2-reach")
    press(page, f"{FILING}-item-1-remove")
    assert "minutes.pdf · 1 kB visitors may read it" in words_of(page)
    assert "Summary Record" not in words_of(page)


def test_the_room_for_files_is_shown_beside_the_upload_and_refused_beyond(monkeypatch):
    monkeypatch.setattr(evidence_quota, "DRAFT_MEGABYTES", 1)
    page = fill(open_page(PAGE))
    assert "Files: 0 of 50 MB used on this card, 0 of 300 MB used by you in this cycle" in words_of(page)

    leave(page.file_uploader(key=f"{FILING}-file-0").upload("minutes.pdf", b"%PDF-1.7 " + bytes(900_000)))
    assert "Files: 1 of 50 MB used on this card, 1 of 300 MB used by you in this cycle" in words_of(page)
    leave(page.file_uploader(key=f"{FILING}-file-1").upload("annex.pdf", b"%PDF-1.7 " + bytes(200_000)))
    assert "The file has 195 kB, and the draft has 1 of 1 MB used." in page.error[0].value


def test_a_refusal_keeps_what_was_typed():
    page = fill(open_page(PAGE))
    leave(page.text_input(key=f"{FILING}-evidence").set_value("https://exa mple.org"))

    assert "This is not a link" in page.error[0].value
    assert page.text_input(key=f"{FILING}-evidence").value == "https://exa mple.org"
    leave(page.file_uploader(key=f"{FILING}-file-0").upload("minutes.pdf", b"<script>"))
    assert "is not what its name says" in page.error[0].value


def test_a_refusal_stays_on_its_card_until_the_next_change_there():
    page = fill(open_page(PAGE))
    leave(page.text_input(key=f"{FILING}-evidence").set_value("https://exa mple.org"))
    assert "This is not a link" in page.run().error[0].value

    write_in(page, f"{FILING}-narrative", "More comments came in.")
    assert not page.error


def test_who_lost_the_role_stores_nothing_and_keeps_the_text(engine, monkeypatch):
    page = fill(open_page(PAGE))
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    before = rows_of(engine, Draft)
    with pytest.raises(KeyError):
        page.text_area(key=f"{FILING}-narrative").set_value("Too late.").run().text_area(key=f"{FILING}-narrative")

    assert rows_of(engine, Draft) == before


def test_what_came_back_stands_on_top_with_its_note(engine):
    officer = add_user(engine, "officer@example.org", SECRETARIAT_ROLE)
    (row,) = write(engine, entry("I03", narrative="Trained.", evidence=[{"document": "Minutes"}]))
    with writing(engine) as session:
        return_to_author(Context(session, officer, reporting_plan(), NOW), row, note="Name the document.")
    page = open_page(PAGE)
    page_text = " ".join(html_of(page))

    assert "1 returned, 2 not begun" in words_of(page)
    assert "Returned by the secretariat, 30 Jun 2027: Name the document." in words_of(page)
    assert page_text.index("Training of examiners") < page_text.index("Online filing")
    press(page, f"{TRAINING}-open")
    assert page.text_area(key=f"{TRAINING}-narrative").value == "Trained."


def test_what_somebody_else_reported_meanwhile_is_shown_before_submitting(engine):
    page = fill(open_page(PAGE))
    write(engine, entry(narrative="By e-mail.", on_behalf_of="KH", submitted_at=NOW.isoformat()))
    page.run()

    assert "Meanwhile Cambodia reported on this, 30 Jun 2027: ongoing, 40 %." in words_of(page)
    press(page, "mine-look")
    assert "By e-mail." in words_of(page)
    assert "40&nbsp;%" in " ".join(html_of(page)).replace("\u00a0", "&nbsp;")


def test_deliverables_stand_in_the_place_of_steps(engine, as_reader):
    as_reader(CHAIR_ROLE)
    page = open_page(PAGE)
    choose(page, f"{GUIDELINES}-status", "ongoing")
    leave(page.checkbox(key=f"{GUIDELINES}-deliverable-D1").check())

    assert rows_of(engine, Draft)[0].deliverables_done == '["D1"]'
    with pytest.raises(KeyError):
        page.segmented_control(key=f"{GUIDELINES}-percent")


def test_an_update_may_be_taken_back_until_it_is_cleared(engine):
    page = fill(open_page(PAGE))
    press(page, "mine-look")
    press(page, "mine-submit")
    press(page, "take-back-1")

    assert rows_of(engine, Progress)[0].withdrawn_at == NOW
    assert title_of(page) == "You owe 3 reports for AWGIPC 82"


def test_one_may_report_on_what_is_not_owed(engine):
    write(engine, cleared(initiative="I03", status="completed", narrative="Done.", evidence=[{"document": "Minutes"}]))
    page = open_page(PAGE)
    assert title_of(page) == "You owe 2 reports for AWGIPC 82"

    page.selectbox(key="mine-another").set_value(("I03", "KH")).run()
    assert page.text_area(key=f"{TRAINING}-narrative").value in {None, ""}


def test_text_from_people_is_never_markup(engine):
    write(engine, cleared(narrative="<script>alert(1)</script> **bold**"))
    page = open_page(PAGE)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold**" in " ".join(html_of(page))


def test_the_page_exists_for_those_who_report_only(as_reader, monkeypatch):
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    with pytest.raises(ValueError, match="my_updates"):
        open_page(PAGE)
    as_reader(SECRETARIAT_ROLE)
    with pytest.raises(ValueError, match="my_updates"):
        open_page(PAGE)


def test_a_button_of_a_card_sent_again_where_no_card_is_drawn_draws_the_page_quietly():
    def page_without_cards():
        import streamlit as st  # the script stands alone

        from pages.my_updates.card_list import redraw

        st.button("Continue", on_click=redraw, args=(("I02", "KH"),))
        st.title("No card")

    page = AppTest.from_function(page_without_cards).run()
    page.button[0].click().run()

    assert not page.exception
    assert "No card" == page.title[0].value

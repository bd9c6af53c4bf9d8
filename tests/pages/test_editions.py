"""Editions: the official text adopted and the plan amended on the page, by the secretariat alone."""

import pytest
from openpyxl.comments import Comment

from models.amendments.adoption_workbook import write_adoption
from models.amendments.proposals import adopt_official_text, amend_plan, propose_adoption
from models.core.errors import NotPermitted
from models.people.permissions import PUBLIC
from models.people.tokens import Credentials
from models.plan.editions import list_editions
from models.plan.workbook import plan_workbook
from models.store.database import reading
from pages.editions.workbook import WorkbookPart, _file
from pages.shared import who
from pages.shared.form_file import XLSX
from tests.amendments.test_proposals import amended, run
from tests.kit.reporters import CAMBODIA_ROLE, add_user, reporting_plan
from tests.kit.workbooks import SAME, adoption, edited, set_cell
from tests.pages.opening import html_of, open_page, text_of, title_of

pytestmark = pytest.mark.usefixtures("officer_engine")

PAGE = "editions/page.py"
FILLED = {"match": SAME, "official code": "1.1.1", "official title": "Guidelines for <all>"}
DECIDED = "AWGIPC-80"


def versions(engine):
    with reading(engine) as session:
        return [one.version for one in list_editions(session)]


def choose(page, content, stem="adopt"):
    page.file_uploader(key=f"{stem}-file-0").upload("filled.xlsx", content, XLSX).run()


def official(**cells):
    return adoption(reporting_plan(), {"I01": FILLED | cells})


def loaded(page, reason="The official text", stem="adopt"):
    page.text_area(key=f"{stem}-reason-0").set_value(reason)
    page.selectbox(key=f"{stem}-meeting-0").set_value(DECIDED)
    page.button(key=f"{stem}-load").click().run()


def test_the_official_text_is_shown_in_words_and_loaded(engine):
    page = open_page(PAGE)
    assert title_of(page) == "1 of 3 titles is a working title, 1 is a paraphrase"

    choose(page, official())
    page_text = text_of(page)

    assert "This would change: N stays 3" in page_text
    assert "“A common set of guidelines” (working title) to “Guidelines for <all>” (official text)." in page_text
    assert "1 row is still empty and stays as it is" in page_text
    assert "<all>" not in "".join(html_of(page))
    assert versions(engine) == ["1.0"]

    loaded(page)

    assert versions(engine) == ["1.0", "1.1"]
    assert "is in force" in page.success[0].value
    assert title_of(page) == "1 of 3 titles is a paraphrase"
    assert "The official text AWGIPC 80 officer@example.org" in " ".join(text_of(page).split())
    assert not page.file_uploader(key="adopt-file-1").value


def test_a_broken_cell_is_named_and_nothing_typed_is_lost(engine):
    page = open_page(PAGE)
    choose(page, official())
    page.text_area(key="adopt-reason-0").set_value("As adopted").run()
    page.file_uploader(key="adopt-file-0").clear().run()
    choose(page, official(**{"lead body": "TMTX"}))

    assert "lead body (L2) “TMTX” is not in bodies did you mean “TMTF”?" in " ".join(text_of(page).split())
    assert page.text_area(key="adopt-reason-0").value == "As adopted"
    assert page.button(key="adopt-load").disabled
    assert versions(engine) == ["1.0"]


def test_a_missing_reason_is_asked_for_and_the_file_stays(engine):
    page = open_page(PAGE)
    choose(page, official())
    loaded(page, reason=" ")

    assert "the reason is empty; say in a sentence why the plan changes" in page.error[0].value
    assert page.file_uploader(key="adopt-file-0").value
    assert versions(engine) == ["1.0"]


def test_the_plan_is_amended_with_its_workbook(engine):
    def move(workbook):
        set_cell(workbook, "Initiatives", "I02", "states", "BN; TL")

    page = open_page(PAGE)
    choose(page, edited(plan_workbook(reporting_plan(), "plan.xlsx"), move), stem="amend")

    assert "I02/KH no longer a party (30 Jun 2027)" in text_of(page)

    loaded(page, stem="amend")

    assert versions(engine) == ["1.0", "1.1"]


def test_words_that_are_not_taken_are_listed_before_loading():
    def noted(workbook):
        workbook["Initiatives"]["C2"].comment = Comment("Ask the chair", "An officer")
        workbook.create_sheet("To do")

    page = open_page(PAGE)
    choose(page, edited(plan_workbook(reporting_plan(), "plan.xlsx"), noted), stem="amend")

    page_text = text_of(page)
    assert "Not taken from the workbook" in page_text
    assert "the comment on cell Initiatives!C2, “Ask the chair”" in page_text
    assert "the sheet “To do”" in page_text


def test_the_plan_as_it_is_changes_nothing(engine):
    page = open_page(PAGE)
    choose(page, plan_workbook(reporting_plan(), "plan.xlsx"), stem="amend")

    assert "Nothing would change" in text_of(page)
    assert page.button(key="amend-load").disabled
    assert versions(engine) == ["1.0"]


def test_an_edition_that_came_in_between_is_not_overwritten(engine):
    page = open_page(PAGE)
    choose(page, official())
    other = amended(("Initiatives", "I03", "lead", "AWGIPC"), plan=reporting_plan())
    run(engine, amend_plan, other)
    loaded(page)

    assert "another edition was loaded meanwhile" in page.error[0].value
    assert len(versions(engine)) == 2


def test_an_open_tab_loads_nothing_for_somebody_who_is_signed_out(engine, monkeypatch):
    page = open_page(PAGE)
    choose(page, official())
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    loaded(page)

    assert versions(engine) == ["1.0"]


@pytest.mark.parametrize("roles", [(), (CAMBODIA_ROLE,)], ids=["the public", "a focal point"])
def test_nobody_else_has_the_page_or_is_pointed_to_it(engine, monkeypatch, roles):
    user = add_user(engine, "kh@example.org", *roles) if roles else PUBLIC
    monkeypatch.setattr(who, "resolve", lambda *_: user)

    assert "Adopt the official text" not in text_of(open_page())
    with pytest.raises(ValueError, match="Known pages"):
        open_page(PAGE)


@pytest.mark.usefixtures("engine")
def test_the_workbook_is_made_for_whoever_the_browser_stands_for_then(monkeypatch):
    part = WorkbookPart(
        stem="adopt",
        title="",
        note="",
        download="",
        upload="",
        file_name="",
        written=write_adoption,
        propose=propose_adoption,
        load=adopt_official_text,
    )
    assert _file(part, Credentials(None)).startswith(b"PK")

    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    with pytest.raises(NotPermitted):
        _file(part, Credentials(None))


@pytest.mark.usefixtures("engine")
def test_the_overview_points_the_secretariat_to_it():
    page_text = "".join(html_of(open_page()))

    assert "1 of 3 titles is a working title" in page_text
    assert '<a href="./editions">Adopt the official text</a>' in page_text

"""`progress form` and `progress read`: the Excel form out, and back in, on the command line."""

import pytest

from models.people.context import Context
from models.progress.drafts import save_field
from models.store.database import engine_for, migrate, writing
from models.store.reporting_tables import Draft
from models.store.tables import Progress
from tests.kit.builders import NOW, rows_of, today_is
from tests.kit.forms import filled
from tests.kit.reporters import CAMBODIA, CAMBODIA_ROLE, SECRETARIAT_ROLE, add_user, load_with_cycle, reporting_plan

TRAINING = ("I03", "KH")
SAID = {(CAMBODIA, "status"): "Ongoing", (CAMBODIA, "percent"): "50", (CAMBODIA, "narrative"): "Words."}


@pytest.fixture(name="engine")
def _engine(url):
    """A database whose today is always 30 June 2027, with an open cycle, Cambodia and an officer."""
    engine = engine_for(url)
    migrate(engine)
    load_with_cycle(engine)
    today_is(engine)
    add_user(engine, "kh@example.org", CAMBODIA_ROLE)
    add_user(engine, "officer@example.org", SECRETARIAT_ROLE)
    return engine


@pytest.fixture(name="form")
def _form(run, tmp_path):
    """Cambodia's form, with cells typed into it."""

    def form(cells):
        path = tmp_path / "kh.xlsx"
        run("progress", "form", "KH", "--out", path)
        path.write_bytes(filled(path.read_bytes(), cells))
        return path

    return form


@pytest.mark.usefixtures("engine")
def test_the_form_of_a_state_is_written(run, tmp_path):
    path = tmp_path / "kh.xlsx"

    assert f"{path}: 3 commitments\n" == run("progress", "form", "KH", "--out", path)
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("engine")
def test_an_unknown_party_is_named_and_nothing_is_written(run, tmp_path):
    path = tmp_path / "xx.xlsx"

    assert "XX is neither a body nor a member state" in run("progress", "form", "XX", "--out", path, exit_code=1)
    assert not path.exists()
    assert "Missing option '--out'" in run("progress", "form", "KH", exit_code=2)


def test_what_was_filled_in_becomes_drafts_of_the_person(engine, run, form):
    output = run("progress", "read", form(SAID), "--as", "kh@example.org")

    assert "I02/KH Status: “Ongoing”, was nothing\n" in output
    assert output.endswith("3 cells were taken from the form, on 1 commitment\n")
    assert ["Words."] == [one.narrative for one in rows_of(engine, Draft)]
    assert [] == rows_of(engine, Progress)


def test_on_behalf_it_is_recorded(engine, run, form):
    run("progress", "read", form(SAID), "--as", "officer@example.org", "--on-behalf")

    assert [("ongoing", "KH")] == [(one.status, one.on_behalf_of) for one in rows_of(engine, Progress)]
    assert [] == rows_of(engine, Draft)


def test_a_refused_form_changes_nothing_and_names_line_and_cell(engine, run, form):
    path = form({(TRAINING, "status"): "80 % done"})
    output = run("progress", "read", path, "--as", "kh@example.org", exit_code=1)

    assert output.startswith("kh.xlsx:4: Progress!K4: Status: “80 % done” is not in the list; choose Not started")
    assert [] == rows_of(engine, Draft)


def test_a_refused_line_is_named_while_the_others_are_taken(engine, run, form):
    path = form(SAID | {(TRAINING, "status"): "80 % done"})
    output = run("progress", "read", path, "--as", "kh@example.org", exit_code=1)

    assert "kh.xlsx:4: Progress!K4: Status: “80 % done” is not in the list; choose Not started" in output
    assert ["Words."] == [draft.narrative for draft in rows_of(engine, Draft)]


def test_what_is_not_taken_and_what_is_missing_is_printed(engine, run, form):
    path = form({(CAMBODIA, "status"): "Completed", (CAMBODIA, "narrative"): "Done.", (CAMBODIA, "due"): "June 2031"})
    output = run("progress", "read", path, "--as", "kh@example.org")

    assert "Not taken: Progress!E3, a grey cell (Due of I02/KH): “June 2031”\n" in output
    missing = "kh.xlsx:3: Progress!A3: I02/KH: Evidence completed needs evidence; add a link"
    assert f"Before it is submitted: {missing}" in output
    assert ["Done."] == [draft.narrative for draft in rows_of(engine, Draft)]


def test_conflicts_are_listed_until_each_is_decided(engine, run, form):
    path = form(SAID)
    colleague = add_user(engine, "colleague@example.org", CAMBODIA_ROLE)
    with writing(engine) as session:
        save_field(Context(session, colleague, reporting_plan(), NOW), CAMBODIA, "narrative", "Other words.")
    output = run("progress", "read", path, "--as", "kh@example.org", exit_code=1)

    assert "What happened since: differs from the draft of another person, saved 30 Jun 2027" in output
    run("progress", "read", path, "--as", "kh@example.org", "--keep", "present")
    assert [("ongoing", "Other words.")] == [(one.status, one.narrative) for one in rows_of(engine, Draft)]
    run("progress", "read", path, "--as", "kh@example.org", "--keep", "form")
    assert ["Words."] == [one.narrative for one in rows_of(engine, Draft)]


@pytest.mark.parametrize(
    ("who", "output"),
    [
        ("nobody@example.org", "There is no account with the address"),
        ("officer@example.org", "do not have permission to write a draft"),
    ],
)
def test_it_is_taken_for_those_it_belongs_to(engine, run, form, who, output):
    assert output in run("progress", "read", form(SAID), "--as", who, exit_code=1)
    assert [] == rows_of(engine, Draft)

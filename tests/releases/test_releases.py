"""What an earlier release wrote stays whole: it is brought up to date, verified, backed up, restored and reported from.

Each database here was written by the release its name gives: the demonstration with four people, a cleared, a
submitted and a not applicable statement, drafts, evidence files, an amended edition, decisions, and two cycles that
were opened again after circulating or noting. Its figures, as that release computed them, stand beside it.
"""

import json
import lzma
from pathlib import Path

import pytest
from sqlalchemy import text

from models.meetings.questions import QuestionRule
from models.store.database import engine_for, migrate, open_engine
from tests.kit.commands import printed
from tests.releases.make import fill

FOLDER = Path(__file__).parent
RELEASES = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.db.xz"))
FORMATS = ("docx", "pdf", "xlsx", "pptx", "csv", "json")
DISPLAYS = ("secretariat", "meeting", "public")
NOTED = 14
"""The snapshot that the reports are built from: the last one noted."""


@pytest.fixture(name="url", params=RELEASES)
def _url(request, tmp_path, monkeypatch):
    """A copy of the database that a release wrote."""
    path = tmp_path / "release.db"
    path.write_bytes(lzma.decompress((FOLDER / f"{request.param}.db.xz").read_bytes()))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    yield f"sqlite:///{path}"
    engine_for(f"sqlite:///{path}").dispose()


@pytest.fixture(name="up_to_date")
def _up_to_date(url):
    """The same once a command has brought its tables to the present version."""
    printed("snapshot", "list")
    return url


@pytest.mark.usefixtures("up_to_date")
def test_it_is_whole_and_so_are_its_snapshots():
    assert "whole" in printed("verify")
    assert "whole" in printed("snapshot", "verify")


def test_a_backup_of_it_is_whole_and_can_be_restored(up_to_date, tmp_path):
    printed("backup", tmp_path / "copy.db")
    printed("restore", "--yes", tmp_path / "copy.db")

    assert "whole" in printed("verify")
    engine_for(up_to_date).dispose()


def test_a_backup_that_the_release_made_is_restored_as_it_is(url, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'restored.db'}")
    printed("restore", "--yes", url.removeprefix("sqlite:///"))

    assert "whole" in printed("verify")
    engine_for(f"sqlite:///{tmp_path / 'restored.db'}").dispose()


def test_a_later_release_that_words_everything_otherwise_finds_no_fault(up_to_date, tmp_path, monkeypatch):
    monkeypatch.setattr("models.meetings.questions.SENTENCES", dict.fromkeys(QuestionRule, "Asked otherwise."))
    for name in ("change_text", "percent", "day", "listed"):
        monkeypatch.setattr(f"reports.parts.changes.{name}", lambda *_: "Said otherwise.")

    assert "whole" in printed("verify")
    assert "whole" in printed("snapshot", "verify")
    printed("backup", tmp_path / "copy.db")
    printed("restore", "--yes", tmp_path / "copy.db")
    engine_for(up_to_date).dispose()


def test_the_script_that_writes_a_release_fills_every_table_it_is_for(tmp_path):
    """So that the database of the next release can be made on its day."""
    engine = open_engine(f"sqlite:///{tmp_path / 'next.db'}")
    migrate(engine)
    fill(engine)
    with engine.connect() as connection:
        tables = ("draft", "draft_evidence", "evidence_file", "snapshot", "reopening", "decision", "ledger")
        counts = {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in tables}
    engine.dispose()

    assert [] == [table for table, count in counts.items() if not count]


@pytest.mark.usefixtures("up_to_date")
@pytest.mark.parametrize("form", FORMATS)
def test_reports_are_built_from_it_for_everybody(form, tmp_path):
    for display in DISPLAYS:
        file = tmp_path / f"{display}.{form}"
        printed("report", "build", "--snapshot", NOTED, "--format", form, "--display", display, "--out", file)

        assert file.stat().st_size > 0


def test_its_figures_are_those_that_the_release_computed(request, up_to_date):
    release = request.node.callspec.params["url"]
    computed = json.loads((FOLDER / f"{release}.rollup.json").read_text(encoding="utf-8"))

    for by, bases in computed.items():
        for basis, rows in bases.items():
            assert rows == json.loads(printed("rollup", "--by", by, "--basis", basis, "--format", "json"))
    engine_for(up_to_date).dispose()

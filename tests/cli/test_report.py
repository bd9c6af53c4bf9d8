"""`report build`: which snapshot it takes, for whom it writes, and that a refused one leaves what stood there."""

import json
import zipfile

import pytest

from models.meetings.snapshots import list_snapshots
from models.store.database import engine_for, migrate, reading
from reports.formats import Format
from tests.kit.builders import load
from tests.kit.commands import invoke
from tests.kit.reporters import reporting_plan


@pytest.fixture(name="build")
def _build(demonstration_url, tmp_path):
    """Build a report of the demonstration; JSON where no other format is named."""

    def build(*arguments, form="json", exit_code=0):
        out = tmp_path / f"report.{form}"
        command = ("report", "build", "--format", form, "--out", out, "--force", *arguments)
        result = invoke("--database", demonstration_url, *command)
        assert exit_code == result.exit_code, result.output
        return result.stderr if exit_code else out.read_bytes()

    return build


def state(made):
    return json.loads(made)["head"]["state"]


def test_the_newest_snapshot_is_taken_where_none_is_named(build, demonstration_url):
    with reading(engine_for(demonstration_url)) as session:
        newest = list_snapshots(session)[-1]

    made = build()

    assert newest.short in json.loads(made)["foot"]
    assert made == build("--snapshot", str(newest.id))
    assert state(made).startswith("NOTED")
    assert state(build("--snapshot", "1")).startswith("CIRCULATED")


def test_a_day_gives_a_draft_of_how_things_stood_then(build):
    made = json.loads(build("--as-of", "2027-06-30"))

    assert made["head"]["state"] == "DRAFT"
    assert "As of 30 Jun 2027" in made["foot"]
    assert made["demonstration"]


def test_it_says_what_it_wrote(demonstration_url, tmp_path):
    out = tmp_path / "report.csv"
    command = [
        "report",
        "build",
        "--format",
        "csv",
        "--out",
        str(out),
        "--snapshot",
        "1",
        "--database",
        demonstration_url,
    ]

    output = invoke(*command).stdout

    assert output.startswith(f"{out}: CIRCULATED 27 Feb 2026, as of 27 Feb 2026, ")
    assert "AWGIPC" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [Format.PDF, Format.WORD, Format.EXCEL, Format.POWERPOINT])
def test_each_format_is_what_it_says(build, tmp_path, form):
    made = build(form=form.value)

    if form is Format.PDF:
        assert made.startswith(b"%PDF-")
    else:
        assert "[Content_Types].xml" in zipfile.ZipFile(tmp_path / f"report.{form}").namelist()


def test_scope_and_display_choose_what_is_in_it(build):
    everything, own, public = build(), build("--scope", "state:KH"), build("--display", "public")

    assert json.loads(own)["head"]["subtitle"] == "Commitments of Cambodia"
    assert {row["party"] for row in json.loads(own)["tables"]["commitments"]} == {"KH"}
    assert b"Hold a workshop" in everything
    assert b"Hold a workshop" not in public


@pytest.mark.parametrize(
    ("arguments", "exit_code", "output"),
    [
        (["--snapshot", "99"], 1, "There is no snapshot 99"),
        (["--scope", "body:NOBODY"], 1, "body:NOBODY is not a scope; write all, or body: or state: with a key"),
        (["--as-of", "soon"], 2, "soon is not a date such as 2027-06-30"),
        (["--as-of", "2027-06-30", "--snapshot", "1"], 2, "not both"),
        (["--display", "everybody"], 2, "is not one of"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_what_stood_there(build, tmp_path, arguments, exit_code, output):
    out = tmp_path / "report.json"
    out.write_text("of last time", encoding="utf-8")

    assert output in build(*arguments, exit_code=exit_code)
    assert out.read_text(encoding="utf-8") == "of last time"


def test_without_a_snapshot_it_says_how_to_come_by_one(tmp_path):
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    migrate(engine_for(url))
    load(engine_for(url), reporting_plan())
    result = invoke("--database", url, "report", "build", "--format", "pdf", "--out", "x.pdf")
    engine_for(url).dispose()

    assert result.exit_code == 1
    assert result.stderr == "There is no snapshot yet: circulate a cycle, or give --as-of for a draft for a day.\n"


@pytest.mark.parametrize("by", ["plan", "measure", "body", "state", "theme"])
def test_its_figures_are_those_that_rollup_prints(build, demonstration_url, by):
    made = json.loads(build())
    about = {row["name"]: row["value"] for row in made["tables"]["about"]}
    moment = ["--as-of", about["as_of"], "--known-at", about["known_at"]]
    command = ["rollup", "--by", by, *moment, "--format", "json", "--database", demonstration_url]
    printed = {row["key"]: row for row in json.loads(invoke(*command).stdout)}

    figures = [row for row in made["tables"]["figures"] if row["by"] == by]
    assert [row["key"] for row in figures] == list(printed)
    for row in figures:
        shared = row.keys() & printed[row["key"]].keys()
        assert {"completed", "progress_percent", "expected_percent", "due_completed"} <= shared
        assert {name: row[name] for name in shared} == {name: printed[row["key"]][name] for name in shared}

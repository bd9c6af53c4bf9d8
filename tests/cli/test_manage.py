"""The command line: what it prints, its exit codes, and that a refused command changes nothing."""

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sqlmodel import select

from models.progress.ledger import ledger
from models.store.database import engine_for, reading
from models.store.tables import LedgerEntry
from tests.cli.shown import content, file_of, lines_file, rows
from tests.kit.builders import TINY_PLAN, cleared, entry
from tests.kit.commands import invoke

ROOT = Path(__file__).parents[2]
SUMMARY = "5 strategic measures, 14 activities, 43 initiatives (0 official, 4 paraphrase, 39 working)"
NOWHERE = "nowhere:1: does not exist; give the path of a plan folder or of a plan workbook\n"
NO_PLAN = "no plan is loaded yet; run `python manage.py plan load --reason TEXT`\n"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- The plan


def test_check_counts_the_plan_of_the_repository(run):
    assert f"{SUMMARY}\n" == run("plan", "check")


def test_check_needs_no_database(run, url):
    run("plan", "check")

    assert not file_of(url).exists()


def test_check_tells_every_problem_on_a_line_with_its_place_and_remedy(run, tmp_path):
    broken = tmp_path / "plan"
    shutil.copytree(TINY_PLAN, broken)
    edit(broken / "measures" / "2-second.yaml", "scope: national", "scope: local")
    edit(broken / "measures" / "2-second.yaml", "due: 2030-12-31", "due: 2030-02-30")

    places = [error.split(" ")[0] for error in run("plan", "check", broken, exit_code=1).splitlines()]

    assert ["plan/measures/2-second.yaml:15:", "plan/measures/2-second.yaml:19:"] == places


def test_diff_before_the_first_load_says_what_loading_adds(empty):
    assert f"no plan is loaded yet; loading adds {SUMMARY}\n" == empty("plan", "diff")


def test_a_load_names_the_edition_and_counts_the_plan(run):
    printed = run("plan", "load", "--reason", "Adopted")
    sha256 = json.loads(run("plan", "export", "--format", "json"))["sha256"]

    assert f"loaded edition 1.0 ({sha256[:8]}): {SUMMARY}\n" == printed


def test_after_a_load_there_is_nothing_to_diff_or_load(tiny):
    assert "no changes\n" == tiny("plan", "diff", TINY_PLAN)
    assert "no changes\n" == tiny("plan", "load", TINY_PLAN, "--reason", "Again")


def test_a_load_without_a_reason_is_wrong_usage(run):
    assert "Missing option '--reason'" in run("plan", "load", exit_code=2)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--reason", " "], "the reason is empty; say in a sentence why the plan changes"),
        (
            ["--reason", "Adopted", "--decided-at", "AWGIPC-99"],
            "AWGIPC-99 is not a meeting of the plan; use a key of meetings.yaml",
        ),
    ],
)
def test_a_refused_load_changes_nothing(tiny, url, options, why):
    other = ROOT / "plan"
    before = content(url)

    errors = tiny("plan", "load", other, *options, exit_code=1)

    assert f"{other}:1: {why}" in errors.splitlines()
    assert before == content(url)


def test_a_missing_initiative_is_stated_by_diff_and_refused_by_load(tiny, url, tmp_path):
    edited = tmp_path / "plan"
    tiny("plan", "export", "--format", "yaml", "--out", edited)
    edit(edited / "settings.yaml", "initiatives: 3", "initiatives: 2")
    measure = next(path for path in (edited / "measures").iterdir() if "I03" in path.read_text(encoding="utf-8"))
    text = measure.read_text(encoding="utf-8")
    edit(measure, text[text.index("initiatives:") :], "initiatives: []\n")
    before = content(url)
    refusal = (
        f"{edited}:1: initiative I03 is missing, and nothing in the plan is ever deleted; "
        "put it back and mark it withdrawn, merged_into or superseded_by, with on, reason and decided_at\n"
    )

    assert refusal == tiny("plan", "diff", edited, exit_code=1)
    assert refusal == tiny("plan", "load", edited, "--reason", "Fewer", exit_code=1)
    assert before == content(url)


@pytest.mark.parametrize(("form", "name"), [("yaml", "out"), ("xlsx", "out.xlsx")])
def test_an_export_comes_back_without_a_change(run, tmp_path, form, name):
    run("plan", "load", "--reason", "Adopted")
    out = tmp_path / name

    assert f"{out}: {SUMMARY}\n" == run("plan", "export", "--format", form, "--out", out)
    assert f"{SUMMARY}\n" == run("plan", "check", out)
    assert "no changes\n" == run("plan", "diff", out)
    assert "no changes\n" == run("plan", "load", out, "--reason", "Again")


def test_words_of_a_workbook_that_are_not_taken_are_printed(tiny, url, tmp_path):
    out = tmp_path / "out.xlsx"
    tiny("plan", "export", "--format", "xlsx", "--out", out)
    workbook = load_workbook(out)
    workbook["Initiatives"]["C2"].comment = Comment("Ask the chair", "An officer")
    workbook.save(out)

    result = invoke("--database", url, "plan", "diff", out)

    assert "not taken: the comment on cell Initiatives!C2, “Ask the chair”\n" == result.stderr
    assert "no changes\n" == result.stdout


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_an_export_of_files_needs_a_place_for_them(tiny, form):
    assert f"--format {form} needs --out" in tiny("plan", "export", "--format", form, exit_code=2)


def test_an_export_to_a_file_is_what_the_screen_would_show(tiny, tmp_path):
    tiny("plan", "export", "--format", "json", "--out", tmp_path / "plan.json")

    assert tiny("plan", "export", "--format", "json") == (tmp_path / "plan.json").read_text(encoding="utf-8")


def test_an_export_without_a_plan_says_what_to_do(empty):
    assert NO_PLAN == empty("plan", "export", "--format", "json", exit_code=1)


EXPORTED = {
    "": "key version sha256 period settings states bodies themes measures activities initiatives",
    "period": "start end",
    "settings": "time_zone at_risk_points",
    "states": "key member_from",
    "bodies": "key",
    "themes": "key",
    "measures": "key title",
    "activities": "key measure title",
    "initiatives": "key code title measure activity scope lead supporting champions states joins weight start due"
    " due_by_state rule in_force_from out_of_force_on wording assumed themes deliverables",
}
"""The keys that readers of the export may rely on."""


@pytest.mark.parametrize("part", EXPORTED)
def test_the_export_holds_the_keys_that_were_promised(tiny, part):
    exported = json.loads(tiny("plan", "export", "--format", "json"))
    values = exported[part] if part else exported

    for value in values if isinstance(values, list) else [values]:
        assert set() == set(EXPORTED[part].split()) - value.keys()


def test_the_export_writes_an_initiative_as_promised(tiny):
    first, second, _ = json.loads(tiny("plan", "export", "--format", "json"))["initiatives"]

    assert ("I01", "regional", [], "all_applicable") == tuple(
        first[name] for name in ("key", "scope", "states", "rule")
    )
    assert {"key": "D2", "title": "The guidelines", "due": "2028-12-31", "weight": 2.5} == first["deliverables"][1]
    assert (["BN", "KH", "TL"], {"TL": "2027-01-01"}) == (second["states"], second["joins"])
    assert ({"TL": "2030-12-31"}, {"at_least": 2}) == (second["due_by_state"], second["rule"])
    assert (1, "2026-01-01", None) == (second["weight"], second["in_force_from"], second["out_of_force_on"])


def test_the_exports_hash_is_that_of_its_canonical_form(run):
    run("plan", "load", "--reason", "Adopted")
    exported = json.loads(run("plan", "export", "--format", "json"))
    sha256 = exported.pop("sha256")
    canonical = json.dumps(exported, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    assert hashlib.sha256(canonical).hexdigest() == sha256


# --- Progress and figures


def test_an_import_counts_its_rows(tiny, tmp_path):
    path = lines_file(tmp_path, entry(ref="a"), entry(ref="b", party="BN"))

    assert "2 rows added\n" == tiny("progress", "import", path)


def test_a_refused_import_tells_every_line_and_changes_nothing(tiny, url, tmp_path):
    path = lines_file(tmp_path, entry(ref="a"), entry(ref="b", party="TH"), entry(ref="a"))
    before = content(url)

    errors = tiny("progress", "import", path, exit_code=1)

    assert [
        "log.jsonl:2: party: TH is not a party of I02; use BN or KH or TL",
        "log.jsonl:3: ref: a is the ref of another row; give each row a ref of its own",
    ] == [line for line in errors.splitlines() if line.startswith("log.jsonl")]
    assert before == content(url)


def test_an_import_of_a_file_that_is_not_there_is_wrong_usage(tiny, tmp_path):
    assert "does not exist" in tiny("progress", "import", tmp_path / "none.jsonl", exit_code=2)


def test_an_import_needs_a_plan(empty, tmp_path):
    assert NO_PLAN == empty("progress", "import", lines_file(tmp_path, entry()), exit_code=1)


FIGURES = [
    *("key", "in_scope", "completed", "completed_percent", "progress_percent", "expected_percent"),
    *("due", "due_completed", "due_moved", "commitments", "commitments_reported", "without_report"),
    *("stale", "excluded", "assumed_due", "health"),
]
HEALTH = ["completed", "suspended", "overdue", "not_due", "no_report", "at_risk", "on_track"]
GROUPS = {
    "plan": ["tiny-plan"],
    "measure": ["M1", "M2"],
    "activity": ["A01", "A02"],
    "initiative": ["I01", "I02", "I03"],
    "body": ["AWGIPC", "TMTF"],
    "champion": ["BN", "KH", "TL"],
    "state": ["BN", "KH", "TL"],
}


@pytest.mark.parametrize("by", [*GROUPS, "theme"])
def test_figures_come_with_the_promised_keys_in_order(tiny, by):
    groups = rows(tiny, by)

    assert groups
    assert [FIGURES] * len(groups) == [list(row) for row in groups]
    assert [HEALTH] * len(groups) == [list(row["health"]) for row in groups]


@pytest.mark.parametrize("by", GROUPS)
def test_figures_have_a_row_for_each_member_of_the_group_in_the_plans_order(tiny, by):
    assert GROUPS[by] == [row["key"] for row in rows(tiny, by)]


def test_a_group_without_members_has_zeros_and_no_percentages(tiny):
    brunei = rows(tiny, "champion", "--as-of", "2027-06-30")[0]

    percentages = [brunei[name] for name in ("completed_percent", "progress_percent", "expected_percent")]
    assert ("BN", 0, [None, None, None]) == (brunei["key"], brunei["in_scope"], percentages)


def test_figures_as_a_table(tiny, tmp_path):
    tiny("progress", "import", lines_file(tmp_path, entry(percent=60)))

    assert [
        "key  N     completed  progress  expected  due by now  reported  overdue  at risk  no report",
        "M1   2  0 of 2 (0 %)      10 %      31 %           -    1 of 4        0        0          1",
        "M2   1  0 of 1 (0 %)       0 %      29 %           -    0 of 2        0        0          1",
    ] == tiny("rollup", "--by", "measure", "--basis", "reported").splitlines()


def test_figures_follow_the_basis_the_day_and_the_moment_asked_for(tiny, tmp_path):
    tiny("progress", "import", lines_file(tmp_path, cleared(valid_on="2027-03-01")))

    def reported(*options):
        return rows(tiny, "plan", *options)[0]["commitments_reported"]

    assert 1 == reported()
    assert [1, 0] == [reported("--as-of", day) for day in ("2027-03-01", "2027-02-28")]
    # Cleared at 09:00 UTC, which is 16:00 in Jakarta.
    moments = ("2027-03-05T15:59:59", "2027-03-05T16:00", "2027-03-05T08:59:59Z", "2027-03-05T09:00Z")
    assert [0, 1, 0, 1] == [reported("--known-at", moment) for moment in moments]
    assert 1 == reported("--known-at", moments[0], "--basis", "reported")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--by", "colour"],
        ["--by", "plan", "--as-of", "2027-02-30"],
        ["--by", "plan", "--known-at", "yesterday"],
        ["--by", "plan", "--basis", "hoped"],
        [],
    ],
)
def test_figures_asked_for_wrongly_are_wrong_usage(tiny, wrong):
    assert "Usage: " in tiny("rollup", *wrong, exit_code=2)


def test_figures_without_a_plan_say_what_to_do(empty):
    assert NO_PLAN == empty("rollup", "--by", "plan", exit_code=1)


def test_a_withdrawn_initiative_leaves_the_count_on_its_day_and_stands_in_the_ledger(run, url, tmp_path):
    run("plan", "load", "--reason", "Adopted")
    edited = tmp_path / "plan"
    run("plan", "export", "--format", "yaml", "--out", edited)
    withdraw(edited, "I05", "{on: 2027-06-01, reason: Taken up elsewhere, decided_at: AWGIPC-80}")

    assert "ledger: I05/ASEAN withdrawn on 2027-06-01: Taken up elsewhere" in run("plan", "diff", edited).splitlines()
    run("plan", "load", edited, "--reason", "Amendment", "--decided-at", "AWGIPC-80")

    assert 43 == rows(run, "plan", "--as-of", "2027-05-31")[0]["in_scope"]
    assert 42 == rows(run, "plan", "--as-of", "2027-06-01")[0]["in_scope"]
    with reading(engine_for(url)) as session:
        assert [] == session.exec(select(LedgerEntry)).all()
        (row,) = ledger(session, datetime(2027, 6, 1, 12, tzinfo=UTC))
        entry = (row.initiative, row.event, row.effective_on, row.reason, row.decided_at)
        assert ("I05", "withdrawn", date(2027, 6, 1), "Taken up elsewhere", "AWGIPC-80") == entry


def withdraw(folder, key, way_out):
    """Add a line to an initiative in an exported plan folder."""
    for path in (folder / "measures").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if line.strip() == f"- key: {key}":
                lines.insert(number + 1, f"{' ' * (line.index('-') + 2)}withdrawn: {way_out}")
                path.write_text("\n".join(lines) + "\n", encoding="utf-8")
                return
    raise AssertionError(key)


def test_an_unknown_command_is_wrong_usage(run):
    assert "No such command 'plant'" in run("plant", exit_code=2)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["plan", "check"], (0, f"{SUMMARY}\n", "")),
        (["plan", "check", "nowhere"], (1, "", NOWHERE)),
    ],
)
def test_as_a_program_it_prints_answers_and_errors_each_in_their_place(arguments, expected):
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert expected == (done.returncode, done.stdout, done.stderr)

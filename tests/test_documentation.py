"""What the manual names exists, what exists is named, and what it says the product does is held by a test.

README and docs/ make up the manual; the guide to the plan's files is looked at, too. `manual_claims.yaml` says which
tests hold which sentence.
"""

import ast
import re
import subprocess
import tomllib
from itertools import chain, pairwise
from pathlib import Path

import click
import pytest
import yaml

from manage import manage
from models.amendments.adoption_columns import Match
from models.core.office_package import MAX_MEGABYTES
from models.demo import demo
from models.meetings.handover import FAR, MEETINGS
from models.people import sign_in
from models.progress.evidence_files import FileType
from models.progress.evidence_quota import DRAFT_MEGABYTES, PERSON_MEGABYTES
from models.progress.statement import STEPS
from models.reporting.reminders import DAYS, MAKES_UP_DAYS
from models.store import kept_backups
from models.store.server_secret import SHORTEST
from pages.guide.blocks import PARTS
from pages.menu_pages import PAGES
from pages.people.text import TOO_OLD
from pages.review.queue import AT_ONCE
from reports.formats import Format
from reports.formats.word.sheet import STYLES
from reports.report import ReportHead
from tests import test_structure

ROOT = Path(__file__).parent.parent
FILES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "plan" / "README.md")
}
MANUAL = "\n".join(FILES.values())
OF_THE_PROGRAM = "\n".join(text for name, text in FILES.items() if not name.startswith("plan/"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MADE_HERE = {"data/", "screens/"}
FILE = r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|docx|txt|toml)|(?:[\w-]+/)+|(?:tests|reports)/[\w/-]+)`"
OF_DATA = r"`(data/[\w.-]+)`"
SETTINGS = (ROOT / "models" / "core" / "settings.py").read_text(encoding="utf-8")
LINKS = sorted({(name, link) for name, text in FILES.items() for link in re.findall(r"\]\(([^)]+)\)", text)})


def leaves(group, before=()):
    """Every command of the command line, in words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


def source_of(package):
    return sorted((ROOT / "models" / package).glob("*.py"))


COMMANDS = dict(leaves(manage))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command):
    assert f"python manage.py {command}" in OF_THE_PROGRAM
    assert COMMANDS[command].help


@pytest.mark.parametrize("page", [page.title for page in PAGES if page.in_menu])
def test_every_page_of_the_menu_is_explained(page):
    assert f"**{page}**" in OF_THE_PROGRAM


@pytest.mark.parametrize("target", re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
def test_every_make_target_is_explained_or_serves_another(target):
    assert f"make {target}" in OF_THE_PROGRAM or re.search(rf"^[a-z]+:.* {target}$", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^    |`)make ([a-z-]+)", OF_THE_PROGRAM, re.MULTILINE))))
def test_every_make_target_named_exists(target):
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(FILE, OF_THE_PROGRAM)) - set(re.findall(OF_DATA, OF_THE_PROGRAM)))
)
def test_every_file_and_folder_named_exists(name):
    assert name in MADE_HERE or (ROOT / name).exists() or list(ROOT.glob(f"pages/*/{name}"))


@pytest.mark.parametrize("name", sorted(set(re.findall(OF_DATA, OF_THE_PROGRAM))))
def test_every_file_of_the_data_folder_named_is_one_that_is_made(name):
    sources = [path.read_text(encoding="utf-8") for part in ("store", "people") for path in source_of(part)]

    assert any(f'"{Path(name).name}"' in source or name in source for source in sources)


@pytest.mark.parametrize(("file", "link"), LINKS)
def test_every_link_leads_somewhere(file, link):
    assert link.startswith("https://") or (ROOT / file).parent.joinpath(link).is_file()


@pytest.mark.parametrize("line", sorted({line.strip() for line in re.findall(r"python manage\.py ([^`\n#]+)", MANUAL)}))
def test_every_command_line_shown_is_one_that_parses(line):
    """Each word after the command is an option it has, or an argument it takes."""
    command = max((name for name in COMMANDS if f"{line} ".startswith(f"{name} ")), key=len)
    known = {option for parameter in COMMANDS[command].params for option in parameter.opts}

    assert [] == [word for word in re.findall(r"--[\w-]+", line) if word not in known]


def test_every_option_named_is_one_of_some_command():
    parameters = chain.from_iterable(command.params for command in COMMANDS.values())
    known = {option for parameter in parameters for option in parameter.opts} | {"--help"}

    assert set() == set(re.findall(r"`(--[\w-]+)", MANUAL)) - known


@pytest.mark.parametrize("setting", sorted(set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", OF_THE_PROGRAM))))
def test_every_setting_named_is_read(setting):
    sources = "".join(path.read_text(encoding="utf-8") for part in ("core", "store") for path in source_of(part))

    assert setting.lower() in sources.lower()


def test_every_setting_that_is_read_is_explained():
    read = set(re.findall(r'"([A-Z]+_[A-Z_]+)"', SETTINGS))

    assert read
    assert [] == [name for name in read if f"`{name}`" not in OF_THE_PROGRAM]


def test_every_address_of_the_program_named_is_answered():
    routes = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "api").glob("*.py"))
    known = {f"/{page.url_path}" for page in PAGES}
    named = set(re.findall(r"`(?:GET )?(/[\w/-]+)`", OF_THE_PROGRAM))

    assert {"/api/healthz", "/oauth2callback"} <= named
    assert [] == [address for address in named if address not in known and f'"{address}"' not in routes]


def test_the_readme_fits_a_few_screens():
    assert len(FILES["README.md"].splitlines()) <= 150


def test_the_map_names_every_package_of_the_models():
    packages = {path.parent.name for path in (ROOT / "models").glob("*/__init__.py")}

    assert packages == set(re.findall(r"^\| `(\w+)` \|", FILES["README.md"], re.MULTILINE))


def test_the_readme_says_that_the_working_titles_are_not_aseans():
    assert "39 working titles are not ASEAN's" in FILES["README.md"]


def test_the_glossary_has_at_most_25_terms_each_once():
    terms = re.findall(r"^- \*\*(.+?)\*\*: ", FILES["docs/glossary.md"], re.MULTILINE)

    assert 20 <= len(terms) <= 25
    assert FILES["docs/glossary.md"].splitlines()[2].startswith(f"{len(terms)} terms, ")
    assert len(terms) == len({term.lower() for term in terms})


def test_the_guide_shows_every_file_of_the_manual():
    assert set(PARTS) == {Path(name).stem for name in FILES if name.startswith("docs/")}


@pytest.mark.parametrize("file", [name for name in FILES if name.startswith("docs/")])
def test_headings_begin_with_one_title_and_skip_no_level(file):
    levels = [len(marks) for marks in re.findall(r"^(#+) ", FILES[file], re.MULTILINE)]

    assert FILES[file].startswith("# ")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


# --- What the manual says the product does

HELD = yaml.safe_load((ROOT / "tests" / "manual_claims.yaml").read_text(encoding="utf-8"))
"""Of each file, each sentence that claims something with the tests that hold it, or with why no test can."""
NO_CLAIM = {"direction", "definition", "outside"}
"""What a reader or maintainer should do; what a word or thing is; what is true outside this program."""
IMPERATIVE = re.compile(
    r"(Add|Attach|Choose|Close|Correct|Download|Fill|Give|Keep|Make|Move|Open|Press|Put|Read|Record|Register|Replace|Run"
    r"|Select|Set|Start|Stop|Submit|Upload|Use)\b[^;]*$"
)
PLACE = re.compile(r"(?:In )?`[a-z][\w./]*`(?:, `[\w./]+`)*(?:[:,.]| \|)")
TERM = re.compile(r"\*\*[^*]+\*\*: ")
ITEM = re.compile(r"\s*(?:-|\d+\.) ")
NOT_TEXT = ("#", "    ", "|", "![")
END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`\"*\[-]|\d)")


def paragraphs(text):
    """Each paragraph, item and row of a table, without headings, heads of tables, pictures and lines of code."""
    paragraph: list[str] = []
    lines = [*text.splitlines(), "", ""]
    for line, below in pairwise(lines):
        if paragraph and (not line.strip() or line.startswith(NOT_TEXT) or ITEM.match(line)):
            yield " ".join(paragraph)
            paragraph = []
        if line.startswith("|") and not line.startswith("|--") and not below.startswith("|--"):
            yield line.strip("| ")
        elif line.strip() and not line.startswith(NOT_TEXT):
            paragraph.append(ITEM.sub("", line, count=1).strip())


def sentences_of(file):
    return list(chain.from_iterable(map(END_OF_SENTENCE.split, paragraphs(FILES[file]))))


def may_claim(file, sentence):
    """Whether it may say what the product does.

    It does not where it tells the reader what to do (a verb of IMPERATIVE without a semicolon), asks, names a place in
    the source or links to another file (both are checked above), or defines a term of the glossary.
    """
    defines = file == "docs/glossary.md" and TERM.match(sentence)
    return not (
        defines or IMPERATIVE.match(sentence) or PLACE.match(sentence) or sentence[-1] == "?" or "](" in sentence
    )


OF_CLAIMS = [name for name in FILES if not name.startswith("plan/")]


@pytest.mark.parametrize("file", OF_CLAIMS)
def test_every_sentence_that_claims_something_is_held_by_a_test_or_said_to_claim_nothing(file):
    assert [] == [one for one in sentences_of(file) if may_claim(file, one) and one not in HELD[file]]


@pytest.mark.parametrize("file", OF_CLAIMS)
def test_every_sentence_that_is_held_stands_in_the_manual(file):
    assert [] == [sentence for sentence in HELD[file] if sentence not in sentences_of(file)]


def test_every_test_that_holds_a_sentence_exists():
    cited = {test for held in HELD.values() for tests in held.values() if isinstance(tests, list) for test in tests}
    reasons = {tests for held in HELD.values() for tests in held.values() if not isinstance(tests, list)}
    known = set()
    for file in {test.partition("::")[0] for test in cited}:
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        known |= {f"{file}::{node.name}" for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert len(cited) > 200
    assert set() == cited - known
    assert reasons <= NO_CLAIM


NUMBERS = ("", "one", "two", "three", "four", "five", "six")
LIMITS = (
    f"expires after {NUMBERS[sign_in.LINK_LASTS.days]} days",
    f"once, within {NUMBERS[sign_in.LINK_LASTS.days]} days",
    f"stays signed in for {sign_in.SESSION_LASTS.days} days",
    f"after {sign_in.TRIES_OF_A_PLACE} within {sign_in.TRIES_WITHIN.seconds // 60} minutes",
    f"at least {SHORTEST} random characters",
    f"last {NUMBERS[kept_backups.ALL_FOR.days]} days is kept",
    {30: "last of each day for thirty days"}[kept_backups.DAYS_FOR.days],
    {91: "of each week for thirteen weeks"}[kept_backups.WEEKS_FOR.days],
    {365: "of each month for a year"}[kept_backups.MONTHS_FOR.days],
    f"warning after {NUMBERS[TOO_OLD.days]} days",
    f"{MAX_MEGABYTES} MB at most",
    f"one draft take {DRAFT_MEGABYTES} MB at most, and those that you add in one reporting cycle {PERSON_MEGABYTES} MB",
    "{} and {} days before reports are due, and {} and {} days after".format(*map(abs, DAYS)),
    "{} and {} days before reports are due and {} and {} days after".format(*map(abs, DAYS)),
    f"up to {NUMBERS[MAKES_UP_DAYS]} days later",
    {40: "forty statements at a time"}[AT_ONCE],
    f"last {NUMBERS[MEETINGS]} meetings",
    f"at {FAR} % or more",
    f'{NUMBERS[len(STEPS)]} steps, from "{STEPS[min(STEPS)]}" to "{STEPS[max(STEPS)]}"',
    f"{NUMBERS[round((demo.TODAY - demo.FIRST_LOAD).days / 365)]} years of made-up progress",
    f"in {NUMBERS[len(Format)]} formats",
    f"Word and {NUMBERS[len(Format) - 1]} other formats",
    '"{}", "{}", or "{}"'.format(*(one.label for one in Match)),
    f"{test_structure.FUNCTION_LIMIT} lines for a function, {test_structure.FILE_LIMIT} for a file",
    f"{test_structure.PAGE_LIMIT} for the script of a page",
)
"""What the manual says with a number or a list, put together from the program's own."""


@pytest.mark.parametrize("words", LIMITS)
def test_the_numbers_of_the_manual_are_those_of_the_program(words):
    assert words in " ".join(OF_THE_PROGRAM.split())


def test_the_version_of_python_is_the_one_that_the_tools_are_set_to():
    named = set(re.findall(r"Python (\d\.\d+)", OF_THE_PROGRAM))

    assert {"3.11"} == named
    assert 'target-version = "py311"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "sys.version_info < (3, 11)" in MAKEFILE


def test_make_lint_checks_the_types_of_the_tests():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    typed = [override["module"] for override in settings["overrides"] if override.get("disallow_untyped_defs")]

    assert "tests" in settings["files"]
    assert settings["strict"]
    assert typed == [["tests.kit.*", "tests.*.conftest"]]
    assert re.search(r"^lint:.*(\n\t.*)*\n\t.*mypy$", MAKEFILE, re.MULTILINE)


def test_every_type_of_evidence_file_is_named():
    (sentence,) = [one for one in sentences_of("docs/reporting.md") if one.startswith("a file: ")]
    named = {"Word": "docx", "Excel": "xlsx", "PowerPoint": "pptx", "JPEG": "jpg", "text": "txt"}
    words = re.findall(r"\w+", sentence.partition(", 10")[0])[2:]

    assert {one.value for one in FileType} == {named.get(word, word.lower()) for word in words if word != "or"}


def test_the_names_in_braces_and_the_styles_are_those_of_the_template():
    (names,) = [one for one in sentences_of("docs/secretariat.md") if one.startswith("These names may be used")]
    (look,) = [one for one in sentences_of("docs/secretariat.md") if one.startswith("**Look**")]
    styles = set(chain.from_iterable(STYLES.values())) - {"Normal", "Hyperlink"}

    assert {*ReportHead.__dataclass_fields__, "foot", "demonstration"} == set(re.findall(r"{{(\w+)}}", names))
    assert [] == [style for style in styles if style not in look.replace("Heading 1 and 2", "Heading 1, Heading 2")]


def commands_of(target):
    """What make would run on a new machine, without running it."""
    command = ["make", "--dry-run", "--always-make", "VENV=new-environment", target]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_run_and_make_demo_make_what_they_need_and_start_the_server():
    steps = ["-m venv new-environment", "install --quiet --disable-pip-version-check -r requirements.txt"]
    run, demonstration = commands_of("run"), commands_of("demo")

    for printed in (run, demonstration):
        places = [printed.index(step) for step in [*steps, "manage.py serve --port 8501"]]
        assert places == sorted(places)
    assert "[ -f data/demo.db ] || new-environment/bin/python manage.py demo" in demonstration
    assert "demo: export DATABASE_URL = sqlite:///data/demo.db" in MAKEFILE


def test_make_test_installs_chromium_and_libreoffice_or_says_what_it_skips():
    printed = commands_of("test")

    assert printed.index("chromium") < printed.index("-m pytest")
    assert {"chromium", "libreoffice-writer"} <= set(re.findall(r"[\w-]+", printed))
    assert {"whatever needs a browser is skipped", "whatever needs it is skipped"} <= set(
        re.findall(r"whatever needs [\w ]+ is skipped", printed)
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_database(command):
    assert "--database" in {option for parameter in COMMANDS[command].params for option in parameter.opts}

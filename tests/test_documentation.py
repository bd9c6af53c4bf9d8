"""What the manual names exists, and what exists is named: README, docs/ and the guide to the plan's files."""

import re
from itertools import chain, pairwise
from pathlib import Path

import click
import pytest

from manage import manage
from pages.guide.blocks import PARTS
from pages.menu_pages import PAGES

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
    assert len(terms) == len({term.lower() for term in terms})


def test_the_guide_shows_every_file_of_the_manual():
    assert set(PARTS) == {Path(name).stem for name in FILES if name.startswith("docs/")}


@pytest.mark.parametrize("file", [name for name in FILES if name.startswith("docs/")])
def test_headings_begin_with_one_title_and_skip_no_level(file):
    levels = [len(marks) for marks in re.findall(r"^(#+) ", FILES[file], re.MULTILINE)]

    assert FILES[file].startswith("# ")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))

"""What the documentation names exists, and what exists is named."""

import re
from pathlib import Path

import click
import pytest

from manage import manage
from pages.menu_pages import PAGES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def leaves(group, before=()):
    """Every command of the command line, in words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


COMMANDS = dict(leaves(manage))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command):
    assert f"python manage.py {command}" in README
    assert COMMANDS[command].help


@pytest.mark.parametrize("page", [page.title for page in PAGES if page.in_menu])
def test_every_page_of_the_menu_is_explained(page):
    assert f"**{page}**" in README


@pytest.mark.parametrize("target", re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
def test_every_make_target_is_explained_or_serves_another(target):
    assert f"make {target}" in README or re.search(rf"^[a-z]+:.* {target}$", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+(?:\.py|/))`", README))))
def test_every_file_and_folder_named_exists(name):
    made_here = {"data/", "screens/"}

    assert name in made_here or (ROOT / name).exists()


@pytest.mark.parametrize("name", re.findall(r"\]\(([^)]+)\)", README))
def test_every_link_leads_somewhere(name):
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("line", sorted({one.strip() for one in re.findall(r"python manage\.py ([^`\n#]+)", README)}))
def test_every_command_line_shown_is_one_that_parses(line):
    """Each word after the command is an option it has, or an argument it takes."""
    command = max((one for one in COMMANDS if f"{line} ".startswith(f"{one} ")), key=len)
    known = {option for parameter in COMMANDS[command].params for option in parameter.opts}

    assert [] == [word for word in re.findall(r"--[\w-]+", line) if word not in known]

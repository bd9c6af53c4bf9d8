"""The parts of the Guide: the files of docs/, the same as in the repository, as the page shows them."""

import re
from pathlib import Path

import htpy as h

from models.people.permissions import Audience, User, belongs
from pages.shared.choice import Choice

FOLDER = Path(__file__).parents[2] / "docs"
PARTS = {
    "reading": "Read",
    "reporting": "Report",
    "secretariat": "Secretariat",
    "operating": "Run the server",
    "maintaining": "Change the program",
    "glossary": "Glossary",
}
"""The files by name, and what the choice between them calls each."""

OWN_PART = {Audience.SECRETARIAT: "secretariat", Audience.REPORTER: "reporting"}
"""The part shown first to users with these roles; for visitors it is Read."""

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def parts_for(user: User) -> Choice:
    """The choice of a part, the reader's own first."""
    own = next((part for audience, part in OWN_PART.items() if belongs(user, audience)), "reading")
    return Choice("part", "Part of the guide", {own: PARTS[own]} | PARTS)


def read_part(part: str) -> tuple[str, str]:
    """The title of a part and its text below it, in Markdown whose links to other parts stay in the same tab."""
    title, _, text = (FOLDER / f"{part}.md").read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("# "), _LINK.sub(_linked, text).strip()


def _linked(link: re.Match[str]) -> str:
    """Pictures are left out: what they show is demonstration data. A file that is no part is named without a link."""
    picture, text, target = link.groups()
    part = target.partition("#")[0].removesuffix(".md")
    if picture:
        return ""
    if part in PARTS:
        # As HTML: Streamlit opens every link written in Markdown in a new tab.
        return str(h.a(href=f"./guide?part={part}", target="_self")[text])
    return link[0] if target.startswith("https://") else text

"""How an initiative is named where it can be opened."""

from html import escape

from models.access.view_choice import Asked
from models.plan.schema import Initiative
from pages.shared.links import initiative_address, link
from pages.shared.markup import tag
from reports.parts.naming import wording_tag


def named(initiative: Initiative, asked: Asked, party: str | None = None) -> str:
    """Key and title as a link, with the words that must stand with the title."""
    name = f"<b>{escape(initiative.key)}</b> {escape(initiative.title)}"
    return link(initiative_address(initiative.key, asked, party), name) + tag(wording_tag(initiative))

"""How an initiative is named where it can be opened."""

import htpy as h
from htpy import Node

from models.access.view_choice import ViewQuery
from models.plan.schema import Initiative
from pages.shared.links import initiative_address, link
from pages.shared.markup import tag
from reports.parts.naming import wording_tag


def named(initiative: Initiative, query: ViewQuery, party: str | None = None) -> Node:
    """Key and title as a link, with the words that must go with the title."""
    url = initiative_address(initiative.key, query, party)
    return [link(url, [h.b[initiative.key], f" {initiative.title}"]), tag(wording_tag(initiative))]

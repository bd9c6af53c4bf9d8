"""The list of people as HTML."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from models.core.text import counted, day
from models.people.bulk_list import hat_labels
from models.people.directory import Account
from models.plan.calendar import day_of
from models.plan.schema import Plan
from pages.shared.markup import section, tag
from pages.shared.tables import Column, table

NEVER = "not yet"


def title(people: Sequence[Account]) -> str:
    """The finding: how many there are, and how many never came."""
    missing = sum(one.signed_in_at is None for one in people)
    has = "has" if len(people) == 1 else "have"
    told = f"{counted(len(people), 'person', 'people')} {has} a role"
    return f"{told}; {missing} never signed in with a link" if missing else told


def waiting_title(count: int) -> str:
    """A heading above the buttons of those who wait."""
    asks = "asks" if count == 1 else "ask"
    told = "This server sends no mail, so a link waits for you to make it and hand it over."
    return section(f"{counted(count, 'person', 'people')} {asks} for a new link", told)


def everybody(people: Sequence[Account], plan: Plan) -> str:
    """Who may do what, and when they were here."""
    columns = [Column("Person"), Column("Address"), Column("Roles"), Column("Signed in with a link", numeric=True)]
    rows = (_row(one, plan) for one in people)
    return section("Who has a role", content=table("People and their roles", columns, rows))


def _row(one: Account, plan: Plan) -> list[str]:
    roles = "<br>".join(map(escape, hat_labels(one.hats, plan)))
    waits = tag("asks for a link") if one.link_requested_at else ""
    return [
        f"<b>{escape(one.name or 'No name yet')}</b>{waits}",
        f"<span>{escape(one.email or 'No address yet')}</span>",
        f"<span>{roles}</span>",
        _day(one.signed_in_at, plan),
    ]


def _day(moment: datetime | None, plan: Plan) -> str:
    return day(day_of(moment, plan)) if moment else NEVER

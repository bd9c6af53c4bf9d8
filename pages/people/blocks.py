"""The lists of people and of acts as HTML."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import htpy as h
from htpy import Element, Node
from markupsafe import Markup

from models.admin.audit_trail import AuditLine
from models.core.text import day
from models.people.bulk_list import role_labels
from models.people.directory import Account
from models.plan.calendar import day_of
from models.plan.schema import Plan
from pages.people import text
from pages.shared.markup import lead, section, tag
from pages.shared.tables import numbers, table

BREAK = Markup("<br>")


def everybody(people: Sequence[Account], plan: Plan) -> Element:
    """Who may do what, and when they last signed in."""
    columns = ["Person", "Address", "Roles", *numbers("Signed in with a link")]
    rows = [_person(person, plan) for person in people]
    return section("Who has a role", content=table("People and their roles", columns, rows))


def _person(person: Account, plan: Plan) -> list[Node]:
    return [
        [h.b[person.name or "No name yet"], tag("asks for a link" if person.link_requested_at else "")],
        h.span[person.email or "No address yet"],
        h.span[BREAK.join(role_labels(person.roles, plan))],
        day(day_of(person.signed_in_at, plan)) if person.signed_in_at else "not yet",
    ]


def trail(lines: Sequence[AuditLine], plan: Plan) -> Element:
    """Who did what to what, when and why, in the time of the plan."""
    if not lines:
        return lead(text.NO_ACT)
    columns = ("When", "Who", "What", "To what", "Before, after and why")
    rows = [_act(line, ZoneInfo(plan.settings.time_zone)) for line in lines]
    return h.div(".t-audit")[table("Audit trail", columns, rows)]


def _act(line: AuditLine, zone: ZoneInfo) -> list[Node]:
    moment = line.moment.astimezone(zone)
    facts = {"before": line.before, "after": line.after, "why": line.reason}
    change = BREAK.join(f"{name}: {value}" for name, value in facts.items() if value)
    cells = (line.who, line.action, line.subject, change)
    return [h.span(".t-when")[f"{day(moment.date())}, {moment:%H:%M}"], *(h.span[cell] for cell in cells)]

"""Who is reminded, as HTML: pure, from what was read to what is sent."""

import htpy as h
from htpy import Element, Node

from models.core.text import day, listed
from models.plan.calendar import day_of
from models.plan.schema import Plan
from models.reporting.reminders import Owing, WhoOwes
from pages.review import text
from pages.shared.markup import note, section
from pages.shared.tables import Column, table
from reports.parts.naming import party_name

COLUMNS = (Column("Person"), Column("Owed", numeric=True), Column("As"), Column("Last reminded"))


def reminders(who: WhoOwes, *, sends: bool) -> Element:
    """Who owes how much, under which roles, and when each was last reminded."""
    rows = [_row(person, who.plan) for person in who.people]
    remark = text.reminders_note(made_up=who.is_made_up, sends=sends)
    return section(text.reminders(len(rows)), remark, content=rows and table("Who is reminded", COLUMNS, rows))


def unreachable(who: WhoOwes) -> Node:
    """What is owed by bodies and states for which nobody reports."""
    names = listed([party_name(who.plan, key) for key in who.unheard])
    return note(text.nobody_reports(names)) if names else None


def _row(owing: Owing, plan: Plan) -> list[Node]:
    name, address = owing.person.name, owing.person.email or text.NO_ADDRESS
    roles = [f"{role.name[:1].upper()}{role.name[1:]}" for role in owing.owed]
    return [
        [h.b[name], h.br, address] if name else address,
        str(len(owing.commitments)),
        h.span[[[h.br if position else None, role] for position, role in enumerate(roles)]],
        h.span[_last(owing, plan)],
    ]


def _last(owing: Owing, plan: Plan) -> str:
    """What was done last: a mail, a file, or a mail that was refused."""
    if not owing.done:
        return text.NOT_YET
    action = max(owing.done, key=owing.done.__getitem__)
    return f"{day(day_of(owing.done[action], plan))}{text.LAST_REMINDER[action]}"

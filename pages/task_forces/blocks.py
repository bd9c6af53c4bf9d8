"""The blocks of Task forces as HTML: pure, from what was described to what is sent."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.core.text import day
from models.figures.health_label import health_label
from models.figures.rollup import Assessment
from models.plan.schema import Plan
from models.plan.schema_parts import Body, Officer
from pages.shared.drawn import progress, unit_squares
from pages.shared.links import sources
from pages.shared.markup import fold, lead, legend_square, note, section, small_below
from pages.shared.tables import numbers, table
from pages.shared.why import why
from pages.task_forces import text
from reports.parts.bodies import BodyLine, without_task_force
from reports.parts.headlines import NOTHING
from reports.parts.next_step import next_step
from reports.parts.symbols import labels_in


def bodies(lines: Sequence[BodyLine], now: Assessment, query: ViewQuery) -> Node:
    """One row per body, the working group first."""
    assumed = any("lead" in standing.initiative.assumed for standing in now.standings)
    columns = [
        "Body",
        "Leads (assumed)" if assumed else "Leads",
        *numbers("Completed"),
        "Progress",
        *numbers("Due by now", "No report", "Supports", "Last report"),
        "Next meeting",
    ]
    drawn = table("Bodies and the initiatives they lead", columns, [_line(line, now.plan, query) for line in lines])
    remark = without_task_force(lines)
    return [h.div(".t-bodies")[drawn], lead(remark) if remark else None, _legend(now)]


def about(lines: Sequence[BodyLine], plan: Plan, query: ViewQuery) -> Element:
    """What each body is for and its sources; the rows behind its figures."""
    return section(text.BODIES, text.BODIES_NOTE, content=[_about(line, plan, query) for line in lines])


def historical(bodies_before: Sequence[Body]) -> Node:
    """Bodies of an earlier plan, folded away."""
    if not bodies_before:
        return None
    remits = [h.p[h.b[body.name], ". ", _remit(body)] for body in bodies_before]
    return fold(text.historical(len(bodies_before)), remits)


def _line(line: BodyLine, plan: Plan, query: ViewQuery) -> list[Node]:
    figures = line.line
    leads = bool(figures.group.members)
    number: Node = h.span(".t-leads")[figures.in_scope] if leads else "nothing"
    return [
        _name(line, plan),
        h.span(".t-lead-squares")[number, unit_squares(line.squares, query)],
        figures.completed,
        h.span(".t-progress")[progress(figures.progress)] if leads else NOTHING,
        figures.due,
        figures.without_report,
        line.supports,
        line.last_report,
        line.next_meeting,
    ]


def _name(line: BodyLine, plan: Plan) -> Node:
    chair = f"Chair: {_officer(line.chair, plan)}" if line.chair else "Chair not found"
    return [h.b[line.body.key], h.br, line.body.name, small_below(chair)]


def _officer(officer: Officer, plan: Plan) -> str:
    return f"{plan.state[officer.state].name}, as of {day(officer.as_of)}"


def _about(line: BodyLine, plan: Plan, query: ViewQuery) -> Element:
    body = line.body
    founded = f", founded {body.founded}" if body.founded else ""
    content = h.div[
        [_office(officer, plan) for officer in body.officers],
        h.p[_remit(body)],
        why(line.line.group, query) if line.line.shows_percentages else None,
    ]
    return fold(f"{body.key}: {body.name}{founded}", content)


def _office(officer: Officer, plan: Plan) -> Element:
    remark = f" {officer.note}" if officer.note else ""
    return h.p[f"{text.ROLES[officer.role]}: {_officer(officer, plan)}.{remark} ", sources([officer.source])]


def _remit(body: Body) -> Node:
    return [" ".join(filter(None, (body.remit, body.note))), " ", sources(body.sources)]


def _legend(now: Assessment) -> Node:
    labels = labels_in(health_label(standing) for standing in now.standings)
    remark = "Hollow: on an assumed date." if now.has_reports else next_step(now.plan, now.as_of)
    marks = h.ul(".t-legend", role="list")[[legend_square(label, label.word) for label in labels]]
    return [note(f"One square is one initiative. {remark}"), marks]
